/// Reads the answers that columns such as consent hold.
package enum YesOrNo {
    private static let yes: Set<String> = [
        "yes", "y", "true", "t", "1", "x", "ok", "on", "opt in", "opted in", "subscribed", "granted", "accepted", "si",
        "s", "verdadero", "acepta", "acepto", "aceptado", "suscrito", "sim", "verdadeiro", "aceita", "aceito",
        "aceitou",
        "inscrito", "是", "有", "同意", "已同意", "願意", "訂閱", "已訂閱", "愿意", "订阅", "已订阅", "✓", "✔", "v",
    ]
    private static let no: Set<String> = [
        "no", "n", "false", "f", "0", "off", "opt out", "opted out", "unsubscribed", "denied", "declined", "falso",
        "no acepta", "no acepto", "baja", "nao", "não", "nao aceita", "descadastrado", "否", "無", "无", "不同意", "未同意",
        "不願意", "不愿意", "拒絕", "拒绝", "退訂", "退订", "✗", "✘",
    ]

    /// Nil when the text is neither: a guess would make consent out of nothing.
    package static func answer(_ text: String) -> Bool? {
        let folded = HeadingText(text).joined
        let key = folded.isEmpty ? text.trimmed : folded
        if yes.contains(key) { return true }
        return no.contains(key) ? false : nil
    }
}
