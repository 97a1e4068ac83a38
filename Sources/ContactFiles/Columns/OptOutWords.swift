/// Reads the answers of columns that say who opted out. There "unsubscribed" is a yes and "subscribed" a no, against what
/// both say to ``YesOrNo``.
package enum OptOutWords {
    /// That somebody left, or asks to be left alone, whatever the column is called.
    private static let left: Set<String> = [
        "opt out", "opted out", "optout", "out", "unsubscribe", "unsubscribed", "withdrawn", "revoked", "stop",
        "stopped", "do not contact", "do not call", "dnc", "baja", "de baja", "dado de baja", "dada de baja",
        "desuscrito", "desuscrita", "cancelado", "cancelada", "revocado", "retirado", "no contactar", "no molestar",
        "descadastrado", "descadastrada", "descadastrar", "cancelou", "revogado", "nao contatar", "nao perturbe", "退訂",
        "已退訂", "取消訂閱", "已取消訂閱", "拒收", "退订", "已退订", "取消订阅", "已取消订阅",
    ]
    private static let yes: Set<String> = [
        "yes", "y", "true", "t", "1", "x", "on", "si", "s", "verdadero", "sim", "verdadeiro", "denied", "declined",
        "refused", "rejected", "not subscribed", "no acepta", "no acepto", "no suscrito", "rechazado", "rechaza",
        "nao aceita", "nao aceito", "nao inscrito", "recusou", "是", "有", "不同意", "未同意", "不願意", "不愿意", "拒絕", "拒绝",
        "未訂閱", "未订阅", "✓", "✔", "v",
    ]
    private static let no: Set<String> = [
        "no", "n", "false", "f", "0", "off", "none", "falso", "nao", "ninguno", "nenhum", "in", "opt in", "opted in",
        "optin", "subscribe", "subscribed", "active", "granted", "accepted", "alta", "de alta", "activo", "activa",
        "suscrito", "suscrita", "acepta", "acepto", "aceptado", "ativo", "ativa", "inscrito", "inscrita", "aceita",
        "aceito", "aceitou", "否", "無", "无", "訂閱", "已訂閱", "订阅", "已订阅", "同意", "已同意", "願意", "愿意", "✗", "✘",
    ]

    /// In a column of those who opted out: whether this one did; nil when the text says neither.
    package static func answer(_ text: String) -> Bool? {
        let key = key(text)
        if left.contains(key) || yes.contains(key) { return true }
        return no.contains(key) ? false : nil
    }

    /// In a column of those who agreed: that somebody left again, which is more than that they never agreed.
    package static func saysLeft(_ text: String) -> Bool { left.contains(key(text)) }

    private static func key(_ text: String) -> String {
        let folded = HeadingText(text).joined
        return folded.isEmpty ? text.trimmed : folded
    }
}
