import Domain
import Hummingbird
import Store

/// Which columns somebody wants to see: kept in their browser.
struct ContactColumnChoice {
    static let cookie = "puente_contact_columns"
    /// Fewer than a cookie has room for.
    private static let most = 14

    let columns: [ContactColumn]

    /// Of a request. Fields that are not asked for any more are no columns.
    init(_ visit: Visit, fields: [FieldFacts]) {
        guard let text = visit.request.cookies[Self.cookie]?.value, text.utf8.count <= 512 else {
            columns = ContactColumn.usual
            return
        }
        columns = Self.columns(text.split(separator: ".").map(String.init), fields: fields)
    }

    /// Of a form.
    init(_ form: Form, fields: [FieldFacts]) {
        columns = Self.columns(form.fields.all("column"), fields: fields)
    }

    /// In the table's order, whatever order they were chosen in.
    private static func columns(_ names: [String], fields: [FieldFacts]) -> [ContactColumn] {
        let chosen = Set(names.compactMap { ContactColumn($0) })
        let offered = ContactColumn.common + fields.map { ContactColumn.field($0.id) }
        return Array(offered.filter(chosen.contains).prefix(most))
    }

    func cookie(isSecure: Bool) -> Cookie {
        // Nothing chosen is a choice: the name alone. An empty cookie would be none.
        let value = columns.isEmpty ? "none" : columns.map(\.description).joined(separator: ".")
        return Cookie(
            name: Self.cookie, value: value, maxAge: 31_536_000, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }
}
