package import Domain

/// Where the settings of a connection are changed, for the sentences that tell people to.
package enum SettingsPlace: Equatable, Sendable {
    /// Under `crm.NAME` in puente.yaml, which is read at every start.
    case file(name: String)
    /// Under *Credentials* in the console, or through the API: used at once.
    case console
    /// In the form in which they are being typed: nothing is kept yet.
    case form

    /// Where no connection is known by name.
    package static let unnamed = SettingsPlace.file(name: "NAME")

    /// The end of a sentence that says what to put, or to correct, with its stop: `in puente.yaml (crm.hubspot.token), then
    /// restart.`
    /// - Parameter keys: as in puente.yaml; none for all of them.
    func at(_ keys: String...) -> LocalizedText {
        switch self {
        case .file(let name):
            let all = keys.isEmpty ? "crm.\(name)" : keys.map { "crm.\(name).\($0)" }.joined(separator: ", ")
            return LocalizedText(
                en: "in puente.yaml (\(all)), then restart.", es: "en puente.yaml (\(all)) y reinicie.")
        case .console:
            return LocalizedText(
                en: "under Connections, Credentials; nothing has to be restarted.",
                es: "en Conexiones, Credenciales; no hace falta reiniciar.")
        case .form: return LocalizedText(en: "above, then test again.", es: "arriba y pruebe de nuevo.")
        }
    }

    /// When what the account lacks is made: `when it starts`.
    var making: LocalizedText {
        switch self {
        case .file: LocalizedText(en: "when it starts", es: "al arrancar")
        case .console:
            LocalizedText(
                en: "when you save the connection's credentials", es: "al guardar las credenciales de la conexión")
        case .form: LocalizedText(en: "when you save", es: "al guardar")
        }
    }

    /// A whole sentence: how a field that is missing is made now.
    var remake: LocalizedText {
        switch self {
        case .file: LocalizedText(en: "Restart Puente, which makes it.", es: "Reinicie Puente, que lo crea.")
        case .console:
            LocalizedText(
                en: "Save the connection under Connections, Credentials: Puente makes it then.",
                es: "Guarde la conexión en Conexiones, Credenciales: entonces Puente lo crea.")
        case .form: LocalizedText(en: "Puente makes it when you save.", es: "Puente lo crea al guardar.")
        }
    }
}
