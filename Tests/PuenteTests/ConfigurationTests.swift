import CRM
import Domain
import Foundation
import Logging
import Pipeline
import Store
import Testing

@testable import puente

@Suite struct ConfigurationTests {
    @Test func `a whole file is read`() throws {
        let configuration = try SampleConfiguration.load(SampleConfiguration.complete)

        #expect(configuration.server.port == 8085)
        #expect(configuration.server.publicURL == "https://puente.example.com")
        #expect(configuration.workspace.language == .spanish)
        #expect(configuration.whatsapp.uncertainAfter == .seconds(600))
        #expect(configuration.whatsapp.graphURL == "http://127.0.0.1:9090")
        #expect(configuration.whatsapp.apps["main"]?.appID == "1234567890123456")
        #expect(configuration.whatsapp.numbers["main"]?.accessToken == Secret("sandbox-token"))
        #expect(configuration.crm["hubspot"]?.baseURL == "https://api.hubapi.com")
        #expect(configuration.crm["shop"]?.kind == .own)
        #expect(configuration.apiKeys["ops"]?.scopes == ["read", "write"])
        #expect(configuration.apiKeys["ops"]?.tier == .enterprise)
        #expect(configuration.retention.messages == .days(730))
        #expect(configuration.retention.rawBodies == .days(30))
        #expect(configuration.limits.maxBodyBytes == 3 << 20)
    }

    @Test(arguments: [("America/Mexico_City", -6), ("UTC", 0), ("America/Argentina/Buenos_Aires", -3)])
    func `a company has a time zone of its own`(zone: String, hours: Int) throws {
        let yaml = "workspace: { name: A, region: MX, time_zone: \(zone) }"

        let read = try SampleConfiguration.load(yaml).workspace.timeZone
        let written = try SampleConfiguration.load(
            SampleConfiguration.minimal, environment: ["PUENTE_WORKSPACE_TIME_ZONE": zone]
        ).workspace.timeZone

        let night = try #require(CivilDate(year: 2026, month: 11, day: 26)).start + .hours(2)
        #expect(read?.identifier == written?.identifier)
        #expect(LocalDays.of(read).day(of: night) == CivilDate(year: 2026, month: 11, day: hours < -2 ? 25 : 26))
        #expect(read?.secondsFromGMT(for: Date(timeIntervalSince1970: 1_795_000_000)) == hours * 3600)
    }

    @Test func `a company's name and country are enough to begin with`() throws {
        let folder = try TemporaryFolder()

        let configuration = try SampleConfiguration.load(SampleConfiguration.minimal, in: folder)

        #expect(configuration.server.publicURL == "http://127.0.0.1:8080")
        #expect(configuration.database == .sqlite(path: folder.file("puente.db")))
        #expect(configuration.retention.messages == nil)
        #expect(configuration.workspace.timeZone == nil)
        #expect(configuration.logLevel == .info)
        #expect(configuration.busyPercent == 70)
        #expect(configuration.nodeName.hasSuffix(":8080"))
        #expect(configuration.server.trustedProxies.map(\.prefixLength) == [8, 128])
    }

    @Test func `a number may have several apps, and hosts may be named as private`() throws {
        let yaml = """
            workspace: { name: "Ejemplo S.A.", region: ES }
            outbound: { private_hosts: [CRM.Example.com, 10.0.0.5, "fd12::5"] }
            whatsapp:
              graph_url: http://127.0.0.1:9090
              apps:
                main: { app_id: 1, app_secret: s, verify_token: v }
                partner: { app_id: 2, app_secret: s2, verify_token: v2 }
              numbers:
                main:
                  app: main
                  also_apps: [partner]
                  phone_number_id: 106540352242922
                  waba_id: 102290129340398
                  display_number: "+15550783881"
                  access_token: t
            crm:
              shop: { kind: own, base_url: "http://crm:3000", secret: \(SampleConfiguration.ownSecret) }
              other: { kind: own, base_url: "https://crm.other.com", secret: \(SampleConfiguration.ownSecret) }
            """

        let configuration = try SampleConfiguration.load(yaml)

        #expect(configuration.whatsapp.numbers["main"]?.alsoApps == ["partner"])
        #expect(try configuration.provision.numbers["main"]?.alsoApps == ["partner"])
        #expect(configuration.privateHosts == ["crm.example.com", "10.0.0.5", "fd12::5"])
        // What says by itself where it leads need not be named; what looks public does.
        #expect(
            try ServerPlan(configuration, isAlone: true).privateHosts
                == ["crm.example.com", "10.0.0.5", "fd12::5", "127.0.0.1", "crm"])
        // Commands follow the server.
        #expect(try PrivateHosts.of(configuration) == ServerPlan(configuration, isAlone: true).privateHosts)
        // A webhook gains nothing by what the file calls itself.
        #expect(
            try ServerPlan(configuration, isAlone: true).namedPrivateHosts
                == ["crm.example.com", "10.0.0.5", "fd12::5"])
        let variables = [
            "PUENTE_OUTBOUND_PRIVATE_HOSTS": "one.example.com two.example.com",
            "PUENTE_WHATSAPP_NUMBERS_MAIN_ALSO_APPS": "main,partner",
        ]
        let fromVariables = try SampleConfiguration.load(yaml, environment: variables)
        #expect(fromVariables.privateHosts == ["one.example.com", "two.example.com"])
        #expect(fromVariables.whatsapp.numbers["main"]?.alsoApps == ["main", "partner"])
    }

    @Test func `relative paths begin at the folder of the file`() throws {
        let folder = try TemporaryFolder()

        let configuration = try SampleConfiguration.load(
            SampleConfiguration.minimal + "\nmedia: { folder: files/media }\nsecrets: { key_file: /etc/puente/key }",
            in: folder)

        #expect(configuration.mediaFolder == folder.file("files/media"))
        #expect(configuration.keyFile == "/etc/puente/key")
    }

    @Test func `a key without a value is as if it were not there`() throws {
        let configuration = try SampleConfiguration.load(
            SampleConfiguration.minimal + "\nserver:\n  port:\n  host: ~\ncrm:\nretention: { messages: null }")

        #expect(configuration.server.port == 8080)
        #expect(configuration.server.host == "127.0.0.1")
        #expect(configuration.crm.isEmpty)
    }

    @Test func `words that YAML takes for something else stay words`() throws {
        let configuration = try SampleConfiguration.load(
            "workspace: { name: 007, region: NO }\nwhatsapp: { apps: { main: { app_id: 0123, app_secret: 1e5, verify_token: yes } } }"
        )

        #expect(configuration.workspace.name == "007")
        #expect(configuration.workspace.region == "NO")
        #expect(configuration.whatsapp.apps["main"]?.appID == "0123")
        #expect(configuration.whatsapp.apps["main"]?.secret == Secret("1e5"))
    }

    // MARK: the environment

    @Test func `the environment goes before the file`() throws {
        let configuration = try SampleConfiguration.load(
            SampleConfiguration.complete,
            environment: [
                "PUENTE_SERVER_PORT": "9000", "PUENTE_WHATSAPP_NUMBERS_MAIN_ACCESS_TOKEN": "from-environment",
                "PUENTE_API_KEYS_OPS_SCOPES": "admin", "PUENTE_SERVER_TRUSTED_PROXIES": "10.0.0.1,10.1.0.0/16",
            ])

        #expect(configuration.server.port == 9000)
        #expect(configuration.whatsapp.numbers["main"]?.accessToken == Secret("from-environment"))
        #expect(configuration.apiKeys["ops"]?.scopes == ["admin"])
        #expect(configuration.server.trustedProxies.count == 2)
    }

    @Test func `the environment alone is enough`() throws {
        let configuration = try Configuration.load(
            path: nil,
            environment: [
                "PUENTE_WORKSPACE_NAME": "A", "PUENTE_WORKSPACE_REGION": "es",
                "PUENTE_DATABASE_URL": "postgresql://p@db/p",
                "PUENTE_WHATSAPP_APPS_MAIN_APP_ID": "1", "PUENTE_WHATSAPP_APPS_MAIN_APP_SECRET": "new",
                "PUENTE_WHATSAPP_APPS_MAIN_PREVIOUS_APP_SECRET": "old", "PUENTE_WHATSAPP_APPS_MAIN_VERIFY_TOKEN": "v",
            ])

        #expect(configuration.workspace.region == "ES")
        #expect(configuration.whatsapp.apps.count == 1)
        #expect(configuration.whatsapp.apps["main"]?.previousSecret == Secret("old"))
        #expect(configuration.mediaFolder == FileManager.default.currentDirectoryPath + "/media")
    }

    @Test func `a mistake in a variable names the variable and the key`() throws {
        let problems = try SampleConfiguration.problems(
            SampleConfiguration.minimal, environment: ["PUENTE_SERVER_PORT": "x"])

        #expect(
            problems.map(\.en) == [
                "PUENTE_SERVER_PORT: server.port must be a whole number from 0 to 65535, not \"x\"."
            ])
    }

    @Test func `a slip in a variable's name is refused, other programs' variables are not`() throws {
        let problems = try SampleConfiguration.problems(
            SampleConfiguration.minimal,
            environment: [
                "PUENTE_SERVER_PROT": "1", "PUENTE_ASSETS": "/a", "PUENTE_DATABASE_URL": "", "PUENTER_SERVER": "x",
            ])

        #expect(
            problems.map(\.en) == [
                "The environment variable PUENTE_SERVER_PROT sets no key; did you mean PUENTE_SERVER_PORT?"
            ])
    }

    @Test func `every key can be set by its variable`() {
        for key in ConfigurationKey.all {
            let name = key.path.contains(ConfigurationKey.name) ? "a_b" : nil

            let variables = ConfigurationVariables([key.variable(name): "value"])

            #expect(variables.problems.isEmpty)
            #expect(variables.entries[key.text(name)]?.value == .text("value"), "\(key.pattern)")
        }
    }

    // MARK: secrets in files

    @Test func `every secret may lie in a file of its own`() throws {
        let folder = try TemporaryFolder()
        try folder.write("secrets/token", "from-file\n")

        let configuration = try SampleConfiguration.load(
            SampleConfiguration.complete.replacing(
                "access_token: sandbox-token", with: "access_token_file: secrets/token"),
            environment: ["PUENTE_CRM_HUBSPOT_TOKEN_FILE": try folder.write("pat", "pat-file\r\n")], in: folder)

        #expect(configuration.whatsapp.numbers["main"]?.accessToken == Secret("from-file"))
        guard case .hubspot(let hubspot) = configuration.crm["hubspot"]?.vendor else { return #expect(Bool(false)) }
        #expect(hubspot.token == Secret("pat-file"))
    }

    @Test func `every secret key has its file's key, and no other key has`() {
        let schema = ConfigurationSchema.current
        for key in ConfigurationKey.all {
            var path = key.path
            path[path.count - 1] += ConfigurationKey.fileSuffix

            #expect((schema.secretKey(at: path) != nil) == key.isSecret, "\(key.pattern)")
        }
    }

    @Test func `a configuration that is printed shows no secret`() throws {
        let configuration = try SampleConfiguration.load(
            SampleConfiguration.complete,
            environment: [
                "PUENTE_DATABASE_URL": "postgresql://puente:hunter2@db.example.com/puente?password=hunter2",
                "PUENTE_DATABASE_PASSWORD": "hunter2",
            ])

        var dumped = ""
        dump(configuration, to: &dumped)
        let text = "\(configuration) \(String(reflecting: configuration)) \(dumped)"

        for secret in ["hunter2", "sandbox-secret", "sandbox-token", "pat-na1", "whsec_", "a-long-random"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect("\(configuration.database)" == "postgresql://puente@db.example.com/puente")
    }

    // MARK: addresses

    @Test(arguments: [
        "http://127.0.0.1:9090", "http://localhost", "http://10.1.2.3", "http://192.168.1.5:8080", "http://[::1]:80",
        "http://crm.internal", "http://odoo:8069", "https://203.0.113.5", "https://crm.example.com",
    ])
    func `plain http is allowed on this machine and in private networks`(url: String) throws {
        #expect(
            try SampleConfiguration.problems(SampleConfiguration.minimal + "\nwhatsapp: { graph_url: \"\(url)\" }")
                .isEmpty)
    }

    @Test(arguments: ["http://8.8.8.8", "http://graph.facebook.com", "http://[2606:4700::1111]", "http://0.0.0.0"])
    func `plain http is refused for a public address`(url: String) throws {
        let problems = try SampleConfiguration.problems(
            SampleConfiguration.minimal + "\nwhatsapp: { graph_url: \"\(url)\" }")

        #expect(problems.count == 1)
        #expect(problems.first?.en.contains("plain http is refused for a public address") == true)
    }

    @Test(arguments: ["0.0.0.0", "\"::\""])
    func `listening everywhere needs the address that people use`(host: String) throws {
        let everywhere = SampleConfiguration.minimal + "\nserver: { host: \(host)"
        let problems = try SampleConfiguration.problems(everywhere + " }")

        #expect(problems.count == 1)
        #expect(problems.first?.en.contains("server.public_url is missing") == true)
        let named = try SampleConfiguration.load(everywhere + ", public_url: \"http://192.168.1.5:8080\" }")
        #expect(named.server.publicURL == "http://192.168.1.5:8080")
    }

    @Test func `a public address to listen on needs a public address with https`() throws {
        let problems = try SampleConfiguration.problems(SampleConfiguration.minimal + "\nserver: { host: 8.8.4.4 }")

        #expect(problems.count == 1)
        #expect(problems.first?.en.contains("server.public_url is missing") == true)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.168.1.77", "192.168.1.77", true),
        ("192.168.1.64/26", "192.168.1.127", true), ("192.168.1.64/26", "192.168.1.128", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
    ])
    func `a network holds its own addresses`(network: String, address: String, isInside: Bool) throws {
        let network = try #require(IPNetwork(network))
        let address = try #require(IPNetwork(address)?.address)

        #expect(network.contains(address) == isInside)
    }

    // MARK: what the database gets

    @Test func `accounts are provisioned in the shapes that the pipeline reads`() throws {
        let provision = try SampleConfiguration.load(SampleConfiguration.complete).provision

        #expect(provision.region == "ES")
        #expect(provision.numbers["main"]?.phoneNumberID == "106540352242922")
        #expect(
            provision.connections["hubspot"]?.settings
                == #"{"clientID":"f5a8b3c4-1234-5678-9abc-def012345678","version":"2026-09"}"#)
        #expect(provision.connections["hubspot"]?.secrets == #"{"token":"pat-na1-secret"}"#)
        #expect(provision.connections["shop"]?.settings == #"{"batchSize":20}"#)
        #expect(provision.connections["shop"]?.secrets == #"{"secret":"\#(SampleConfiguration.ownSecret)"}"#)
        #expect(provision.apiKeys["ops"]?.scopes == "read write")
    }
}
