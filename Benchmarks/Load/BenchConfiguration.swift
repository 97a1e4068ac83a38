import Sandbox

/// The `puente.yaml` of an installation that fits the sandbox.
enum BenchConfiguration {
    static func text(port: Int, sandboxURL: String, crm: String, batchSize: Int? = nil) -> String {
        """
        server: { host: 127.0.0.1, port: \(port) }
        database: { url: "sqlite:puente.db" }
        media: { folder: "media" }
        secrets: { key_file: "puente.key" }
        workspace: { name: "Ejemplo S.A.", region: "MX", language: "es" }
        logging: { level: warning }
        whatsapp:
          graph_url: "\(sandboxURL)"
          apps:
            main: { app_id: "670843887433847", app_secret: "sandbox-secret", verify_token: "sandbox-verify" }
          numbers:
        \(numbers)
        crm:
        \(connection(crm, sandboxURL, batchSize))

        """
    }

    private static var numbers: String {
        zip(["main", "second"], SandboxChild.numbers).map { name, number in
            """
                \(name): { app: main, phone_number_id: "\(number.id)", waba_id: "102290129340398", \
            display_number: "\(number.display)", access_token: "sandbox-token" }
            """
        }.joined(separator: "\n")
    }

    private static func connection(_ crm: String, _ sandboxURL: String, _ batchSize: Int?) -> String {
        let secret = #"secret: "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA==""#
        let size = batchSize.map { ", batch_size: \($0)" } ?? ""
        return crm == "own"
            ? #"  own: { kind: own, base_url: "\#(sandboxURL)/own", \#(secret)\#(size) }"#
            : #"  hubspot: { kind: hubspot, base_url: "\#(sandboxURL)/hubspot", token: "sandbox-token" }"#
    }
}
