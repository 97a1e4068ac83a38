import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct UnroutedPageTests {
    private func onlyEntry(_ world: ConsoleWorld) async throws -> UnroutedEntry {
        try #require(try await world.store.unrouted(UnroutedQuery(), in: world.workspace).items.first)
    }

    @Test func `an entry shows its reason, and its whole body as plain text`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive(
                [.unrouted(.unknownNumber, excerpt: "<script>")], body: "{\"x\":\"<script>alert(1)</script>\"}")
            let entry = try await onlyEntry(world)

            let page = try await browser.get("/unrouted")
            #expect(page.text.contains("&lt;script&gt;") && !page.text.contains("<pre class=\"vendor-text\"><script"))
            #expect(page.text.contains("/unrouted/\(entry.id)/body"))

            let body = try await browser.get("/unrouted/\(entry.id)/body")
            #expect(body.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(body.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
            #expect(body.text == "{\"x\":\"<script>alert(1)</script>\"}")
        }
    }

    @Test func `routing again hands the body to the interpreter`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownNumber, excerpt: "{}")])
            let entry = try await onlyEntry(world)

            let answer = try await browser.submit("/unrouted/routings", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(answer.location == "/unrouted")
            #expect(try await browser.get("/unrouted").text.contains("1 is being routed again."))
            #expect(try await world.store.claimBodies(limit: 10, node: world.lease.number).count == 1)
        }
    }

    @Test func `an entry whose body is gone says so`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownNumber, excerpt: "{}")])
            let entry = try await onlyEntry(world)
            try await world.store.database.write(on: .work) { try $0.execute("DELETE FROM intake", [:]) }

            let answer = try await browser.submit("/unrouted/routings", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("cannot be routed again"))
            #expect(try await browser.get("/unrouted/\(entry.id)/body").status == .notFound)
        }
    }

    @Test func `dismissing takes it out of the list`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownField, excerpt: "{}")])
            let entry = try await onlyEntry(world)

            _ = try await browser.submit("/unrouted/dismissals", [("id", "\(entry.id)")], from: "/unrouted")

            #expect(try await browser.get("/unrouted").text.contains("1 was dismissed."))
            #expect(try await world.store.unrouted(UnroutedQuery(), in: world.workspace).items.isEmpty)
        }
    }

    @Test func `what was settled stays visible, with who did it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.receive([.unrouted(.unknownField, excerpt: "{}")])
            let entry = try await onlyEntry(world)
            _ = try await browser.submit("/unrouted/dismissals", [("id", "\(entry.id)")], from: "/unrouted")

            let text = try await browser.get("/unrouted?state=dismissed").text

            #expect(text.contains("Dismissed by Ana Rivas"))
            #expect(text.contains("/unrouted/\(entry.id)/body"))
            #expect(!text.contains("action=\"/unrouted/dismissals\""))
            #expect(try await browser.get("/unrouted?state=dismissed&kind=body").text.contains("belongs in this view"))
        }
    }

    @Test func `an entry names the number that it speaks of`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let body = """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",
                "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783999",
                "phone_number_id":"106540352242999"},"messages":[{"from":"5215512345678","id":"wamid.9",
                "timestamp":"1795042920","type":"text","text":{"body":"Hola"}}]}}]}]}
                """
            try await world.receive([.unrouted(.unknownNumber, excerpt: "Hola")], body: body)

            #expect(try await browser.get("/unrouted").text.contains("<code>106540352242999</code>"))
        }
    }
}

struct ConnectionPageTests {
    private func numberID(_ world: ConsoleWorld) async throws -> NumberID {
        try #require(try await world.store.numberAccounts().first).id
    }

    @Test func `the cards show no secret`() async throws {
        try await ConsoleWorld.run {
            $0.publicURL = "http://puente.lan"
        } _: { _, browser in
            _ = try await browser.signIn()
            let text = try await browser.get("/connections").text

            #expect(text.contains("106540352242922") && text.contains("http://puente.lan/webhooks/whatsapp/main"))
            #expect(text.contains("HubSpot") && text.contains("api.hubapi.com"))
            #expect(!text.contains("access_token"))
        }
    }

    @Test func `a live check is shown with what it found`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let id = try await numberID(world)
            let crm = try #require(try await world.store.connectionAccounts().first).id

            #expect(
                try await browser.submit("/connections/\(id)/checks", from: "/connections").location == "/connections")
            _ = try await browser.submit("/connections/\(crm)/checks", from: "/connections")

            let text = try await browser.get("/connections").text
            #expect(text.contains("is-passed") && text.contains("Access token"))
            #expect(text.contains("is-failed") && text.contains("Reach") && text.contains("Failing"))
        }
    }

    @Test func `a paused number says by whom, and goes on when it is resumed`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let id = try await numberID(world)

            _ = try await browser.submit("/connections/\(id)/pauses", from: "/connections")
            let paused = try await browser.get("/connections").text
            #expect(
                paused.contains("Ana Rivas paused “principal”.") && paused.contains("/connections/\(id)/resumptions"))
            #expect(try await world.store.pauses().count == 1)
            #expect(try await browser.get("/fragments/alarms").text.contains("paused “principal”"))

            let late = CallFailure(
                kind: .accountWide, code: "190", scope: .number, vendorText: "",
                advice: LocalizedText(en: "A new token.", es: "Un token nuevo."))
            try await world.store.pause(
                .number, key: "106540352242922", in: world.workspace, failure: late, until: nil)
            #expect(try await world.store.pauses().first?.isByPerson == true)

            _ = try await browser.submit("/connections/\(id)/resumptions", from: "/connections")
            #expect(try await world.store.pauses().isEmpty)
            #expect(try await world.store.navigation(in: world.workspace).alarms.isEmpty)
            #expect(try await browser.get("/connections").text.contains("The connection goes on."))
        }
    }

    @Test func `what is wrong with the process stands above every page, as long as it lasts`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            world.standing.all = [.fullDisk]

            let page = try await browser.get("/inbox").text
            #expect(page.contains("The disk is nearly full.") && page.contains("href=\"/ledger\""))
            #expect(try await browser.get("/fragments/alarms").text.contains("The disk is nearly full."))

            world.standing.all = []
            #expect(try await !browser.get("/fragments/alarms").text.contains("The disk is nearly full."))
        }
    }

    @Test func `only an administrator stops or releases anything`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")
            let id = try await numberID(world)

            for path in ["/connections/\(id)/pauses", "/connections/\(id)/resumptions", "/connections/releases"] {
                #expect(
                    try await browser.submit(path, [("confirmed", "yes")], from: "/connections").status == .forbidden)
            }
            #expect(try await browser.submit("/connections/\(id)/checks", from: "/connections").status == .seeOther)
            #expect(try await world.store.pauses().isEmpty)
        }
    }

    @Test func `an agent is told who may, and finds no button that is refused`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let id = try await numberID(world)
            _ = try await browser.submit("/connections/\(id)/pauses", from: "/connections")
            _ = try await RestoreHold(world.store.database, ids: world.store.ids).apply(
                backupAt: world.clock.now - .hours(18), now: world.clock.now)
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")

            let text = try await beto.get("/connections").text

            for action in ["/pauses", "/resumptions", "/connections/releases"] {
                #expect(!text.contains("\(action)\""), "\(action)")
            }
            #expect(text.contains("An administrator can resume it.") && text.contains("/checks\""))
        }
    }

    @Test func `a restored installation is released by who has looked`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await RestoreHold(world.store.database, ids: world.store.ids).apply(
                backupAt: world.clock.now - .hours(18), now: world.clock.now)
            _ = try await browser.signIn()
            #expect(try await browser.get("/connections").text.contains("Messages to customers are held"))

            let blind = try await browser.submit("/connections/releases", from: "/connections")
            #expect(blind.status == .unprocessableContent)
            #expect(try await world.store.connectionsOverview(in: world.workspace).held != nil)

            let seen = try await browser.submit("/connections/releases", [("confirmed", "yes")], from: "/connections")
            #expect(seen.status == .seeOther)
            #expect(try await world.store.connectionsOverview(in: world.workspace).held == nil)
            #expect(try await !browser.get("/connections").text.contains("Messages to customers are held"))
        }
    }

    @Test func `what Meta says is shown in plain words, newest first`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/connections").text.contains("Nothing from Meta yet"))

            try await world.receive(
                [
                    .notice(
                        AccountNotice(
                            event: "ACCOUNT_RESTRICTION", subject: "15550783881", at: world.clock.now - .hours(1),
                            detail: #"{"restriction_info":[{"restriction_type":"RESTRICTED_X","expiration":1}]}"#))
                ], field: "account_update")
            world.clock.move(.seconds(1))
            try await world.receive(
                [
                    .template(
                        TemplateNotice(
                            kind: .status, templateID: "1", name: "abandoned_cart", language: "en", value: "REJECTED",
                            at: world.clock.now,
                            detail: #"{"rejection_info":{"reason":"<b>Two</b>","recommendation":"Separate them."}}"#))
                ], field: "message_template_status_update")

            let text = try await browser.get("/fragments/connections").text
            let news = ["Template rejected", "abandoned_cart (en)", "Separate them.", "Meta restricted the account"]
            let places = news.map { text.firstRange(of: $0)?.lowerBound }
            #expect(places.compactMap(\.self).count == news.count)
            #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
            #expect(text.contains("RESTRICTED_X") && !text.contains("<b>Two</b>"))
            #expect(!text.contains("Nothing from Meta yet"))
        }
    }

    @Test func `what Meta does to an account stands above every page until an administrator has seen to it`()
        async throws
    {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn()
            let violation = AccountNotice(
                event: "ACCOUNT_VIOLATION", subject: nil, at: world.clock.now, detail: "{}", standing: .violation)
            try await world.receive([.notice(violation)], field: "account_update")
            let alarm = try #require(try await world.store.navigation(in: world.workspace).alarms.first).id
            let path = "/connections/alarms/\(alarm)/dismissals"

            let inbox = try await browser.get("/inbox").text
            #expect(inbox.contains("violated its policies") && inbox.contains("/connections#news-title"))
            let beto = browser.stranger()
            _ = try await beto.signIn(email: "beto@ejemplo.mx")
            #expect(try await !beto.get("/connections").text.contains(path))
            #expect(try await beto.submit(path, from: "/connections").status == .forbidden)

            #expect(try await browser.get("/connections").text.contains("action=\"\(path)\""))
            _ = try await browser.submit(path, from: "/connections")
            let after = try await browser.get("/connections").text
            #expect(after.contains("the alarm is over") && !after.contains("violated its policies"))
            #expect(after.contains("Meta reports a violation of its policies"))
        }
    }

    @Test func `news that cannot be read is shown by Meta's word for it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let notice = AccountNotice(event: "SOMETHING_NEW", subject: nil, at: nil, detail: "not JSON")

            try await world.receive([.notice(notice)], field: "account_update")

            let text = try await browser.get("/connections").text
            #expect(text.contains("Something about the account changed") && text.contains("SOMETHING_NEW"))
            #expect(text.contains("Account 102290129340398"))
        }
    }

    @Test func `a CRM that is away is failing, and an alarm says since when and that nothing is lost`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let crm = try #require(try await world.store.connectionAccounts().first).id
            let grip = try #require(world.grips.first { $0.lane == .connection(crm) })
            let text = LocalizedText(en: "HubSpot cannot be reached.", es: "No se puede alcanzar HubSpot.")
            try await world.store.raiseAwayAlarm(text, since: world.clock.now - .minutes(1), grip: grip)

            let page = try await browser.get("/connections").text
            #expect(page.contains("HubSpot cannot be reached. Since today at"))
            #expect(page.contains("href=\"/connections#connection-\(crm)\""))
            #expect(page.contains("Failing"))

            try await world.store.clearAwayAlarm(grip)
            #expect(try await !browser.get("/connections").text.contains("Failing"))
        }
    }

    @Test func `what waits for a number or CRM that is switched off is shown on its card`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let conversation = try await world.write()
            _ = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "Sale hoy")), author: .staff(world.ana, name: "Ana Rivas")))
            #expect(try await !browser.get("/connections").text.contains("Switched off."))

            _ = try await world.store.provision(
                Provision(workspaceName: "Ejemplo S.A.", region: "MX", language: "es"))

            let text = try await browser.get("/connections").text
            #expect(text.contains("Switched off. 1 message waits and leaves only when this number stands"))
            #expect(text.contains("Switched off. 2 messages wait and are recorded only when this CRM stands"))
            #expect(text.contains("<a href=\"/ledger\">Open the ledger</a>"))
        }
    }

    @Test(arguments: [(Language.english, "is switched on again"), (.spanish, "se vuelva a activar")])
    func `what waits for a CRM that was made here says where it is switched on`(
        language: Language, how: String
    ) throws {
        let facts = ConnectionFacts(
            id: "1", kind: .crm(vendor: .same("Odoo")), name: "odoo", address: nil, health: .disabled,
            isProvisioned: false, lastEvent: nil, waiting: 0, stranded: 2)

        let sentence = try #require(ConnectionCard(facts, in: try SampleWorld(language).context).stranded)

        #expect(sentence.contains(how))
        #expect(!sentence.contains("puente.yaml"))
    }

    @Test func `a connection that nobody has is not found`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            #expect(
                try await browser.submit("/connections/06VSB000000A1/checks", from: "/connections").status == .notFound)
        }
    }
}
