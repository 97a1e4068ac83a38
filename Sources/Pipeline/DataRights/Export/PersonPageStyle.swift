/// How the page looks that a person is given, with the console's colours.
enum PersonPageStyle {
    static let css = """
        :root { color-scheme: light dark;
          --canvas: light-dark(#f8f6f2, #161513); --surface: light-dark(#fffefc, #1c1b19);
          --line: light-dark(#e6e1d8, #302d2a); --text: light-dark(#201e1a, #eeece8); --soft: light-dark(#57524a, #bdb7ad);
          --out: light-dark(#e3f1ef, #1d3a37); --accent: light-dark(#17776f, #62cdc1); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--canvas); color: var(--text);
          font: 15px/1.5 Inter, "Noto Sans", system-ui, "PingFang TC", "Microsoft JhengHei", sans-serif; }
        main { max-width: 58rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .6rem; font-size: 1.15rem; }
        p { margin: .2rem 0; } a { color: var(--accent); }
        .soft { color: var(--soft); font-size: .88rem; }
        section { margin-top: 1.25rem; padding: 1.1rem; background: var(--surface); border: 1px solid var(--line);
          border-radius: 12px; }
        .wide { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        th { color: var(--soft); font-weight: 500; text-align: left; }
        th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
          white-space: pre-wrap; }
        td.long { min-width: 14rem; overflow-wrap: anywhere; }
        @media (max-width: 44rem) {
          thead { display: none; }
          tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
          tr:last-child { border-bottom: 0; }
          td { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .6rem; padding: .15rem 0;
            border-bottom: 0; overflow-wrap: anywhere; }
          td::before { content: attr(data-label); color: var(--soft); overflow-wrap: normal; }
          td:empty { display: none; }
        }
        @media print { .wide { overflow: visible; } table { font-size: .8rem; } }
        .thread { list-style: none; margin: 0; padding: 0; }
        .thread li { max-width: 44rem; margin: .5rem 0; padding: .5rem .8rem; border: 1px solid var(--line);
          border-radius: 10px; break-inside: avoid; }
        .thread .out { margin-left: auto; background: var(--out); }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        img, video { max-width: 100%; max-height: 24rem; border-radius: 8px; }
        """
}
