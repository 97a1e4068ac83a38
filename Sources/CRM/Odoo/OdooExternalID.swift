/// The name under which Odoo keeps a contact of ours in `ir.model.data`: `load` finds it there or makes it in one step,
/// and when partners are merged, Odoo lets it point to the survivor.
enum OdooExternalID {
    static let module = "puente"

    /// `puente.contact_0123456789ABC`; with the occasion where the first one's record is archived.
    static func whole(_ puenteID: String, occasion: String? = nil) -> String { "\(module).\(name(puenteID, occasion))" }

    static func name(_ puenteID: String, _ occasion: String? = nil) -> String {
        "contact_\(puenteID)" + (occasion.map { "_\($0)" } ?? "")
    }

    /// Our id in such a name; nil for a name of others.
    static func puenteID(in name: String) -> String? {
        guard name.hasPrefix("contact_") else { return nil }
        return name.dropFirst("contact_".count).split(separator: "_").first.map(String.init)
    }
}
