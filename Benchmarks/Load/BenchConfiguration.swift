import Sandbox

/// The `puente.yaml` of an installation that fits the sandbox.
enum BenchConfiguration {
    static let apiKey = "pk_bench_5tR1yV6h8dKq3nWz"

    static func text(port: Int, sandboxURL: String, connection: BenchConnection) -> String {
        """
        server: { host: 127.0.0.1, port: \(port) }
        database: { url: "sqlite:puente.db" }
        media: { folder: "media" }
        secrets: { key_file: "puente.key" }
        workspace: { name: "Ejemplo S.A.", region: "MX", language: "es" }
        logging: { level: warning }
        api_keys:
          bench: { key: "\(apiKey)", scopes: "read write admin", tier: enterprise }
        whatsapp:
          graph_url: "\(sandboxURL)"
          apps:
            main: { app_id: "670843887433847", app_secret: "sandbox-secret", verify_token: "sandbox-verify" }
          numbers:
        \(numbers)
        crm:
        \(connection.text(sandboxURL: sandboxURL))

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
}
