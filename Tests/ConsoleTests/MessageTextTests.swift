import Testing

@testable import Console

@Suite struct `A message's text` {
    private func shape(_ text: String) -> [String] {
        MessageText(text).pieces.map { piece in
            let marks = [
                piece.isBold ? "b" : "", piece.isItalic ? "i" : "", piece.isStruck ? "s" : "", piece.isCode ? "c" : "",
                piece.link == nil ? "" : "a",
            ].joined()
            return marks.isEmpty ? piece.text : "\(marks):\(piece.text)"
        }
    }

    @Test(arguments: [
        ("Son *$1,290* hoy", ["Son ", "b:$1,290", " hoy"]),
        ("*_todo_ junto*", ["bi:todo", "b: junto"]),
        ("~antes~ ahora", ["s:antes", " ahora"]),
        ("```let x = *1*```", ["c:let x = *1*"]),
        ("2*3*4 y a_b_c", ["2*3*4 y a_b_c"]),
        ("* suelto *", ["* suelto *"]),
        ("*sin cerrar", ["*sin cerrar"]),
        ("**", ["**"]),
        ("*dos\nlíneas*", ["*dos\nlíneas*"]),
        ("", []),
    ])
    func `has WhatsApp's marks where a phone sees them`(text: String, pieces: [String]) {
        #expect(shape(text) == pieces)
    }

    @Test(arguments: [
        ("vea https://ejemplo.mx/a?b=1&c=2.", ["vea ", "a:https://ejemplo.mx/a?b=1&c=2", "."]),
        ("(http://a.b)", ["(", "a:http://a.b", ")"]),
        ("https:// nada", ["https:// nada"]),
        ("javascript:alert(1)", ["javascript:alert(1)"]),
        ("*https://a.b*", ["ba:https://a.b"]),
        ("https://a.b<script>", ["a:https://a.b", "<script>"]),
    ])
    func `links what is a web address, without the full stop after it`(text: String, pieces: [String]) {
        #expect(shape(text) == pieces)
    }

    @Test(arguments: [("👍", true), ("❤️🎁", true), ("ok 👍", false), ("123", false), ("", false), ("👍👍👍👍", false)])
    func `is drawn large when it is one to three emoji`(text: String, isEmoji: Bool) {
        #expect(MessageText(text).isEmojiOnly == isEmoji)
    }

    @Test func `is cut when it is longer than any message can be`() {
        let pieces = MessageText(String(repeating: "*a ", count: 20_000)).pieces

        #expect(pieces.map(\.text).joined().count == 8193)
        #expect(pieces.last?.text.hasSuffix("…") == true)
    }
}
