package import Domain

extension PuenteError {
    /// Of a connection that puente.yaml names: the console only shows it.
    package static let provisionedConnection = PuenteError(
        .conflict, detail: "provisioned",
        en: "This connection is set up in puente.yaml: change it there and restart.",
        es: "Esta conexión se configura en puente.yaml: cámbiela allí y reinicie.")

    package static let connectionIsOn = PuenteError(
        .conflict, detail: "still_on", en: "Switch the connection off first, then remove it.",
        es: "Primero desactive la conexión y después quítela.")

    /// Before the server starts: one name, two connections.
    static func nameInConsole(_ slug: String, baseURL: String) -> PuenteError {
        PuenteError(
            .invalid,
            en: """
                crm.\(slug) in puente.yaml has the name of a connection that was made in the console (“\(slug)”, \
                \(baseURL)). Give the one in puente.yaml another name, or remove the other under Connections.
                """,
            es: """
                crm.\(slug) en puente.yaml tiene el nombre de una conexión hecha en la consola («\(slug)», \
                \(baseURL)). Dé otro nombre a la de puente.yaml, o quite la otra en Conexiones.
                """)
    }

    static func nameTaken(_ slug: String, isProvisioned: Bool) -> PuenteError {
        if isProvisioned {
            return PuenteError(
                .conflict, detail: "name",
                en: "“\(slug)” is the name of a connection of puente.yaml. Choose another.",
                es: "«\(slug)» es el nombre de una conexión de puente.yaml. Elija otro.")
        }
        return PuenteError(
            .conflict, detail: "name", en: "There is a connection named “\(slug)” already. Choose another name.",
            es: "Ya hay una conexión llamada «\(slug)». Elija otro nombre.")
    }
}
