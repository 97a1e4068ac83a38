import Domain
import Testing

@testable import puente

/// Each wrong configuration gives exactly one sentence, which names the full key and where it stands.
@Suite struct ConfigurationProblemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let yaml: String
        let en: String
        let es: String

        var testDescription: String { en }
    }

    /// Written behind a sound workspace, so that lines count from 2.
    static let cases: [Case] = [
        Case(
            yaml: "server: { hots: 127.0.0.1 }",
            en: "puente.yaml, line 2: server.hots is not a key; did you mean server.host?",
            es: "puente.yaml, línea 2: server.hots no es una clave; ¿quiso decir server.host?"),
        Case(
            yaml: "media: { bucket: x }",
            en: "puente.yaml, line 2: media.bucket is not a key; media knows folder.",
            es: "puente.yaml, línea 2: media.bucket no es una clave; media conoce folder."),
        Case(
            yaml: "server:\n  port: many",
            en: "puente.yaml, line 3: server.port must be a whole number from 0 to 65535, not \"many\".",
            es: "puente.yaml, línea 3: server.port debe ser un número entero de 0 a 65535, no «many»."),
        Case(
            yaml: "server: { port: 70000 }",
            en: "puente.yaml, line 2: server.port must be a whole number from 0 to 65535, not \"70000\".",
            es: "puente.yaml, línea 2: server.port debe ser un número entero de 0 a 65535, no «70000»."),
        Case(
            yaml: "server: { port: [1, 2] }",
            en: "puente.yaml, line 2: server.port is one value, not a list or a map.",
            es: "puente.yaml, línea 2: server.port es un solo valor, no una lista ni un mapa."),
        Case(
            yaml: "server: yes",
            en: "puente.yaml, line 2: server holds keys (host, port, public_url, tls…), not one value.",
            es: "puente.yaml, línea 2: server contiene claves (host, port, public_url, tls…), no un solo valor."),
        Case(
            yaml: "server: { public_url: http://puente.example.com }",
            en:
                "puente.yaml, line 2: server.public_url must begin with https: plain http is refused for a public address, "
                + "not \"http://puente.example.com\".",
            es: "puente.yaml, línea 2: server.public_url debe empezar por https: http sin cifrar no se admite para una "
                + "dirección pública, no «http://puente.example.com»."),
        Case(
            yaml: "whatsapp: { graph_url: http://203.0.113.5 }",
            en:
                "puente.yaml, line 2: whatsapp.graph_url must begin with https: plain http is refused for a public address, "
                + "not \"http://203.0.113.5\".",
            es:
                "puente.yaml, línea 2: whatsapp.graph_url debe empezar por https: http sin cifrar no se admite para una "
                + "dirección pública, no «http://203.0.113.5»."),
        Case(
            yaml: "server: { public_url: https://example.com/puente }",
            en: "puente.yaml, line 2: server.public_url must have no path: give Puente a host name of its own.",
            es: "puente.yaml, línea 2: server.public_url no debe tener ruta: dé a Puente un nombre de host propio."),
        Case(
            yaml: "server: { tls: { certificate: cert.pem } }",
            en: "puente.yaml: server.tls.key is missing: write it there or set PUENTE_SERVER_TLS_KEY.",
            es: "puente.yaml: falta server.tls.key: escríbala ahí o defina PUENTE_SERVER_TLS_KEY."),
        Case(
            yaml: "server: { trusted_proxies: [10.0.0.0/8, proxy] }",
            en:
                "puente.yaml, line 2: server.trusted_proxies must hold addresses or networks such as 10.0.0.0/8 or ::1, "
                + "not \"10.0.0.0/8 proxy\".",
            es: "puente.yaml, línea 2: server.trusted_proxies debe contener direcciones o redes como 10.0.0.0/8 o ::1, "
                + "no «10.0.0.0/8 proxy»."),
        Case(
            yaml: "database: { url: \"mysql://puente:hunter2@host/db\" }",
            en: "puente.yaml, line 2: database.url must be sqlite:PATH or postgresql://USER@HOST/NAME.",
            es: "puente.yaml, línea 2: database.url debe ser sqlite:RUTA o postgresql://USUARIO@HOST/NOMBRE."),
        Case(
            yaml: "logging: { level: loud }",
            en: "puente.yaml, line 2: logging.level must be trace or debug or info or notice or warning or error or "
                + "critical, not \"loud\".",
            es:
                "puente.yaml, línea 2: logging.level debe ser trace o debug o info o notice o warning o error o critical, "
                + "no «loud»."),
        Case(
            yaml: "retention: { raw_bodies: 30 }",
            en:
                "puente.yaml, line 2: retention.raw_bodies must be a duration from 1d to 3650d, such as 30s, 5m, 12h or "
                + "30d, not \"30\".",
            es:
                "puente.yaml, línea 2: retention.raw_bodies debe ser una duración de 1d a 3650d, como 30s, 5m, 12h o 30d, "
                + "no «30»."),
        Case(
            yaml: "limits: { max_body_bytes: 64MB, max_bytes_in_flight: 1MB }",
            en: "puente.yaml, line 2: limits.max_body_bytes must not be larger than limits.max_bytes_in_flight.",
            es: "puente.yaml, línea 2: limits.max_body_bytes no debe ser mayor que limits.max_bytes_in_flight."),
        Case(
            yaml: "whatsapp: { on_uncertain: guess }",
            en: "puente.yaml, line 2: whatsapp.on_uncertain must be wait or retry, not \"guess\".",
            es: "puente.yaml, línea 2: whatsapp.on_uncertain debe ser wait o retry, no «guess»."),
        Case(
            yaml: "whatsapp: { api_version: \"25\" }",
            en: "puente.yaml, line 2: whatsapp.api_version must be written like v25.0, not \"25\".",
            es: "puente.yaml, línea 2: whatsapp.api_version debe escribirse como v25.0, no «25»."),
        Case(
            yaml: "whatsapp:\n  apps:\n    Main: { app_id: 1 }",
            en: "puente.yaml, line 4: whatsapp.apps.Main is not a name: up to 32 lower-case letters, digits and \"_\".",
            es: "puente.yaml, línea 4: whatsapp.apps.Main no es un nombre: hasta 32 letras minúsculas, cifras y «_»."),
        Case(
            yaml: "whatsapp:\n  apps:\n    main: { app_id: 1, app_secret: s }",
            en: "puente.yaml, line 4: whatsapp.apps.main.verify_token is missing: write it there or set "
                + "PUENTE_WHATSAPP_APPS_MAIN_VERIFY_TOKEN.",
            es: "puente.yaml, línea 4: falta whatsapp.apps.main.verify_token: escríbala ahí o defina "
                + "PUENTE_WHATSAPP_APPS_MAIN_VERIFY_TOKEN."),
        Case(
            yaml: "whatsapp:\n  apps:\n    main: { app_id: 1, app_secret: put-the-app-secret-here, verify_token: v }",
            en:
                "puente.yaml, line 4: whatsapp.apps.main.app_secret is still what the example says: enter your own.",
            es:
                "puente.yaml, línea 4: whatsapp.apps.main.app_secret sigue siendo lo que dice el ejemplo: escriba el suyo."
        ),
        Case(
            yaml: "whatsapp:\n  apps:\n    main: { app_id: 1, app_secret: a b c, verify_token: v }",
            en:
                "puente.yaml, line 4: whatsapp.apps.main.app_secret must be one word of ASCII letters, digits and signs, "
                + "without spaces.",
            es:
                "puente.yaml, línea 4: whatsapp.apps.main.app_secret debe ser una palabra de letras, cifras y signos ASCII, "
                + "sin espacios."),
        Case(
            yaml: "crm: { sap: { kind: sap } }",
            en: "puente.yaml, line 2: crm.sap.kind must be hubspot or salesforce or zoho or odoo or own, not \"sap\".",
            es: "puente.yaml, línea 2: crm.sap.kind debe ser hubspot o salesforce o zoho o odoo o own, no «sap»."),
        Case(
            yaml: "crm: { hubspot: { kind: hubspot } }",
            en: "puente.yaml, line 2: crm.hubspot.token is missing: write it there or set PUENTE_CRM_HUBSPOT_TOKEN.",
            es: "puente.yaml, línea 2: falta crm.hubspot.token: escríbala ahí o defina PUENTE_CRM_HUBSPOT_TOKEN."),
        Case(
            yaml: "crm: { hubspot: { kind: hubspot, token: pat-1, client_id: abc } }",
            en: "puente.yaml, line 2: crm.hubspot.client_id must have 32 hexadecimal digits, as HubSpot shows it under "
                + "Auth, not \"abc\".",
            es:
                "puente.yaml, línea 2: crm.hubspot.client_id debe tener 32 cifras hexadecimales, como lo muestra HubSpot "
                + "en Auth, no «abc»."),
        Case(
            yaml: "crm: { hubspot: { kind: hubspot, token: pat-1, secret: whsec_x } }",
            en: "puente.yaml, line 2: crm.hubspot.secret belongs to kind own, and crm.hubspot is of kind hubspot.",
            es: "puente.yaml, línea 2: crm.hubspot.secret es de la clase own, y crm.hubspot es de la clase hubspot."),
        Case(
            yaml:
                "crm: { shop: { kind: own, base_url: http://crm.example.com, secret: \(SampleConfiguration.ownSecret) } }",
            en:
                "puente.yaml, line 2: crm.shop.base_url must begin with https: plain http is refused for a public address, "
                + "not \"http://crm.example.com\".",
            es: "puente.yaml, línea 2: crm.shop.base_url debe empezar por https: http sin cifrar no se admite para una "
                + "dirección pública, no «http://crm.example.com»."),
        Case(
            yaml: "crm: { shop: { kind: own, base_url: https://crm.example.com, secret: hunter2 } }",
            en: "puente.yaml, line 2: crm.shop.secret must be written whsec_ and the base64 of 24 to 64 random bytes.",
            es: "puente.yaml, línea 2: crm.shop.secret debe escribirse whsec_ y el base64 de 24 a 64 bytes al azar."),
        Case(
            yaml: "crm: { shop_previous: { kind: own } }",
            en: "puente.yaml, line 2: crm.shop_previous must not end in \"_previous\", since its environment variables "
                + "would be those of another key.",
            es:
                "puente.yaml, línea 2: crm.shop_previous no debe terminar en «_previous»: sus variables de entorno serían "
                + "las de otra clave."),
        Case(
            yaml: "api_keys: { ops: { key: k, scopes: root } }",
            en: "puente.yaml, line 2: api_keys.ops.scopes must be some of read, write, admin, not \"root\".",
            es: "puente.yaml, línea 2: api_keys.ops.scopes debe ser una o varias de read, write, admin, no «root»."),
        Case(
            yaml: "api_keys: { ops: { key: k, key_file: f, scopes: read } }",
            en: "puente.yaml, line 2: api_keys.ops.key and api_keys.ops.key_file are both written: keep one of them.",
            es: "puente.yaml, línea 2: api_keys.ops.key y api_keys.ops.key_file están escritas las dos: deje una."),
        Case(
            yaml: "api_keys: { ops: { key_file: gone.txt, scopes: read } }",
            en: "puente.yaml, line 2: api_keys.ops.key_file names gone.txt, which cannot be read: No such file or "
                + "directory.",
            es: "puente.yaml, línea 2: api_keys.ops.key_file indica gone.txt, que no se puede leer: No such file or "
                + "directory."),
        Case(
            yaml: "server: { host: a }\nserver: { host: b }",
            en: "puente.yaml, line 2: this is not YAML: server is written twice.",
            es: "puente.yaml, línea 2: no es YAML: server está escrita dos veces."),
        Case(
            yaml: "server: { host: a ",
            en: "puente.yaml, line 3: this is not YAML: did not find expected ',' or '}'.",
            es: "puente.yaml, línea 3: no es YAML: se esperaba «,» o «}»."),
    ]

    @Test(arguments: cases)
    func `one mistake gives one sentence that names the key`(_ wrong: Case) throws {
        let problems = try SampleConfiguration.problems("workspace: { name: A, region: ES }\n" + wrong.yaml)

        #expect(problems.map(\.en) == [wrong.en])
        #expect(problems.map(\.es) == [wrong.es])
    }

    static let number = """
        whatsapp:
          apps: { main: { app_id: 1, app_secret: s, verify_token: v } }
          numbers:
            main:
              app: main
              phone_number_id: 106540352242922
              waba_id: 102290129340398
              display_number: "+15550783881"
              access_token: t
        """

    static let numberCases: [Case] = [
        Case(
            yaml: number.replacing("app: main", with: "app: other"),
            en: "puente.yaml, line 6: whatsapp.numbers.main.app names \"other\", which is not among whatsapp.apps.",
            es: "puente.yaml, línea 6: whatsapp.numbers.main.app nombra «other», que no está en whatsapp.apps."),
        Case(
            yaml: number + "\n      also_apps: [main, other]",
            en:
                "puente.yaml, line 11: whatsapp.numbers.main.also_apps names \"other\", which is not among whatsapp.apps.",
            es: "puente.yaml, línea 11: whatsapp.numbers.main.also_apps nombra «other», que no está en whatsapp.apps."),
        Case(
            yaml: "outbound: { private_hosts: \"http://crm.example.com\" }",
            en:
                "puente.yaml, line 2: outbound.private_hosts must hold host names or addresses such as crm.example.com or 10.0.0.5, not \"http://crm.example.com\".",
            es:
                "puente.yaml, línea 2: outbound.private_hosts debe contener nombres de host o direcciones como crm.example.com o 10.0.0.5, no «http://crm.example.com»."
        ),
        Case(
            yaml: number.replacing("phone_number_id: 106540352242922", with: "phone_number_id: +15550783881"),
            en:
                "puente.yaml, line 7: whatsapp.numbers.main.phone_number_id must be the id that Meta shows (digits only), "
                + "not a phone number, not \"+15550783881\".",
            es:
                "puente.yaml, línea 7: whatsapp.numbers.main.phone_number_id debe ser el identificador que muestra Meta "
                + "(solo cifras), no un número de teléfono, no «+15550783881»."),
        Case(
            yaml: number.replacing("display_number: \"+15550783881\"", with: "display_number: \"12\""),
            en:
                "puente.yaml, line 9: whatsapp.numbers.main.display_number must be a phone number (The number is too short "
                + "for its country), not \"12\".",
            es:
                "puente.yaml, línea 9: whatsapp.numbers.main.display_number debe ser un número de teléfono (El número es "
                + "demasiado corto para su país), no «12»."),
        Case(
            yaml: number.replacing("              waba_id: 102290129340398\n", with: "")
                .replacing("      waba_id: 102290129340398\n", with: ""),
            en: "puente.yaml, line 5: whatsapp.numbers.main.waba_id is missing: write it there or set "
                + "PUENTE_WHATSAPP_NUMBERS_MAIN_WABA_ID.",
            es: "puente.yaml, línea 5: falta whatsapp.numbers.main.waba_id: escríbala ahí o defina "
                + "PUENTE_WHATSAPP_NUMBERS_MAIN_WABA_ID."),
        Case(
            yaml: number + """

                    second:
                      app: main
                      phone_number_id: 106540352242922
                      waba_id: 102290129340398
                      display_number: "+15550783882"
                      access_token: t
                """,
            en: "puente.yaml, line 13: whatsapp.numbers.second.phone_number_id is that of whatsapp.numbers.main too: a "
                + "number is configured once.",
            es:
                "puente.yaml, línea 13: whatsapp.numbers.second.phone_number_id es también el de whatsapp.numbers.main: "
                + "un número se configura una sola vez."),
    ]

    @Test(arguments: numberCases)
    func `a mistake in a number names the number`(_ wrong: Case) throws {
        let problems = try SampleConfiguration.problems("workspace: { name: A, region: ES }\n" + wrong.yaml)

        #expect(problems.map(\.en) == [wrong.en])
        #expect(problems.map(\.es) == [wrong.es])
    }

    @Test func `what is missing from the file may be set in the environment, and the sentence says how`() throws {
        let problems = try SampleConfiguration.problems("workspace: { region: ES }")

        #expect(
            problems.map(\.en) == [
                "puente.yaml: workspace.name is missing: write it there or set PUENTE_WORKSPACE_NAME."
            ])
    }

    @Test(arguments: ["XX", "UK", "Spain", "E"])
    func `a country that nobody knows is refused`(region: String) throws {
        let problems = try SampleConfiguration.problems("workspace: { name: A, region: \(region) }")

        #expect(
            problems.map(\.en) == [
                "puente.yaml, line 1: workspace.region must be a country's code of two letters, such as ES, MX or TW, "
                    + "not \"\(region)\"."
            ])
    }

    @Test(arguments: ["Europe/Atlantis", "Madrid", "GMT+5", "+05:00", "../../etc/passwd", "Europe/"])
    func `a time zone that nobody knows is refused`(zone: String) throws {
        let problems = try SampleConfiguration.problems("workspace: { name: A, region: ES, time_zone: \"\(zone)\" }")

        #expect(
            problems.map(\.en) == [
                "puente.yaml, line 1: workspace.time_zone must be the name of a time zone such as Europe/Madrid, "
                    + "America/Mexico_City or UTC, not \"\(zone)\"."
            ])
    }

    @Test func `a file that is no YAML is named with its line`() throws {
        let problems = try SampleConfiguration.problems("server:\n  host: \"unclosed\nworkspace: {")

        #expect(problems.count == 1)
        #expect(problems.first?.en.contains("this is not YAML") == true)
        #expect(problems.first?.en.hasPrefix("puente.yaml, line ") == true)
    }

    @Test func `a file that is not there is one sentence`() throws {
        let folder = try TemporaryFolder()

        let outcome = Configuration.read(path: folder.file("puente.yaml"), environment: [:])

        guard case .wrong(let problems) = outcome else { return #expect(Bool(false), "it was read") }
        #expect(problems.map(\.message.en) == ["\(folder.file("puente.yaml")): there is no such file."])
        #expect(problems.map(\.message.es) == ["\(folder.file("puente.yaml")): no existe ese archivo."])
    }

    @Test func `all mistakes are found at once, in the order of the file first`() throws {
        let problems = try SampleConfiguration.problems(
            "server: { hots: a, port: x }\nworkspace: { region: ES }\nmedia: { folder: [a] }")

        #expect(
            problems.map(\.en).map { $0.prefix(while: { $0 != ":" }) } == [
                "puente.yaml, line 1", "puente.yaml, line 3", "puente.yaml, line 1", "puente.yaml",
            ])
    }

    @Test func `no sentence shows a secret`() throws {
        let text = SampleConfiguration.complete
            .replacing("access_token: sandbox-token", with: "access_token: \"hunter2 hunter2\"")
            .replacing("app_secret: sandbox-secret", with: "app_secret: \"hunter2 hunter2\"")
            .replacing("token: pat-na1-secret", with: "token: \"hunter2 hunter2\"")
            .replacing("secret: \(SampleConfiguration.ownSecret)", with: "secret: hunter2")
            .replacing("key: a-long-random-word-for-ops", with: "key: \"hunter2 hunter2\"")

        let problems = try SampleConfiguration.problems(text)

        #expect(problems.count == 5)
        #expect(problems.allSatisfy { !$0.en.contains("hunter2") && !$0.es.contains("hunter2") })
    }
}
