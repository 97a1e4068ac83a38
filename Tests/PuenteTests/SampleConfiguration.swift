import Domain

@testable import puente

/// A whole configuration as a company would write it, for the sandbox.
enum SampleConfiguration {
    static let minimal = """
        workspace: { name: "Ejemplo S.A.", region: ES }
        """

    static let complete = """
        server:
          port: 8085
          public_url: "https://puente.example.com/"
        workspace:
          name: "Ejemplo S.A."
          region: ES
          language: es
        whatsapp:
          graph_url: http://127.0.0.1:9090
          uncertain_after: 10m
          apps:
            main:
              app_id: 1234567890123456
              app_secret: sandbox-secret
              verify_token: sandbox-verify
          numbers:
            main:
              app: main
              phone_number_id: 106540352242922
              waba_id: 102290129340398
              display_number: "+15550783881"
              access_token: sandbox-token
        crm:
          hubspot:
            kind: hubspot
            token: pat-na1-secret
            client_id: f5a8b3c4-1234-5678-9abc-def012345678
          shop:
            kind: own
            base_url: https://crm.example.com/puente
            secret: \(ownSecret)
            batch_size: 20
        api_keys:
          ops: { key: a-long-random-word-for-ops, scopes: read write, tier: enterprise }
        retention:
          messages: 730d
        """

    static let ownSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    /// Reads a text as the file `puente.yaml` of a folder that goes away.
    static func read(
        _ text: String, environment: [String: String] = [:], in folder: TemporaryFolder? = nil
    ) throws -> ConfigurationOutcome {
        let folder = try folder ?? TemporaryFolder()
        return Configuration.read(path: try folder.write("puente.yaml", text), environment: environment)
    }

    static func load(
        _ text: String, environment: [String: String] = [:], in folder: TemporaryFolder? = nil
    ) throws -> Configuration {
        let folder = try folder ?? TemporaryFolder()
        return try Configuration.load(path: try folder.write("puente.yaml", text), environment: environment)
    }

    /// The sentences, without the folder of the test.
    static func problems(
        _ text: String, environment: [String: String] = [:], in given: TemporaryFolder? = nil
    ) throws -> [(en: String, es: String)] {
        let folder = try given ?? TemporaryFolder()
        guard case .wrong(let problems) = try read(text, environment: environment, in: folder) else { return [] }
        func short(_ text: String) -> String { text.replacing("\(folder.path)/", with: "") }
        return problems.map { (short($0.message.en), short($0.message.es)) }
    }
}
