/// How the report looks, with the console's colours.
enum CleaningReportStyle {
    static let css = """
        :root {
          color-scheme: light dark;
          --canvas: light-dark(#f8f6f2, #161513); --surface: light-dark(#fffefc, #1c1b19);
          --line: light-dark(#e6e1d8, #302d2a); --text: light-dark(#201e1a, #eeece8); --soft: light-dark(#57524a, #bdb7ad);
          --clean: light-dark(#17776f, #62cdc1); --marked: light-dark(#c47f0a, #e2a33c);
          --duplicate: light-dark(#8059cf, #a487e6); --rejected: light-dark(#ab241a, #ff9a8e);
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--canvas); color: var(--text);
          font: 15px/1.5 Inter, "Noto Sans", system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 0 0 .75rem; font-size: 1.2rem; }
        h3 { margin: 1.25rem 0 .4rem; font-size: 1rem; }
        h3 b { margin-left: .4rem; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem; }
        p { margin: .3rem 0 .8rem; }
        .kicker, .more, time { color: var(--soft); }
        .kicker { margin: 0; font-size: .85rem; }
        .lead { font-size: 1.1rem; }
        section { margin-top: 1.25rem; padding: 1.25rem; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
        .bar { display: flex; gap: 2px; height: 14px; border-radius: 7px; overflow: hidden; }
        .bar i { min-width: 3px; }
        i { display: inline-block; background: var(--clean); }
        .marked { background: var(--marked); } .duplicate { background: var(--duplicate); } .rejected { background: var(--rejected); }
        dt i, h2 i { width: .7em; height: .7em; margin-right: .45em; border-radius: 3px; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1rem; margin: 1rem 0 0; }
        .figure dt { color: var(--soft); font-size: .9rem; }
        .figure dd { margin: 0; }
        .figure b { font-size: 1.6rem; font-variant-numeric: tabular-nums; }
        .figure span { color: var(--soft); }
        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        th { color: var(--soft); font-weight: 500; text-align: left; }
        th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
        .number { width: 5rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .share { width: 40%; } .share i { height: .6em; border-radius: 3px; min-width: 2px; }
        @media (min-width: 40.01rem) { article th:nth-child(2) { width: 42%; } }
        @media (max-width: 40rem) {
          article tr { display: grid; grid-template-columns: 4rem 1fr; border-bottom: 1px solid var(--line); }
          article td, article th { border: 0; }
          article .number { width: auto; }
          article td:nth-child(3) { grid-column: 2; padding-top: 0; color: var(--soft); }
          article th:nth-child(3) { display: none; }
        }
        @media print {
          :root { color-scheme: light; }
          body { background: none; font-size: 10pt; }
          main { max-width: none; padding: 0; }
          section { padding: .6rem 0; background: none; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
          h2, h3, thead { break-after: avoid; }
          tr { break-inside: avoid; }
          thead { display: table-header-group; }
          i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
