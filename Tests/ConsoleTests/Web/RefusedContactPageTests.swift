import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

/// A contact that a CRM refuses is corrected where it stands among the dead letters.
struct RefusedContactPageTests {
    private func refused(_ world: ConsoleWorld) async throws -> RefusedContact {
        let crm = try await world.hubSpot
        let grip = try #require(world.grips.first { $0.lane == .connection(crm) })
        return try await RefusedContact(in: world.store, of: world.workspace, crm: crm, grip: grip)
    }

    private func name(of made: RefusedContact, _ world: ConsoleWorld) async throws -> String? {
        try await world.store.contact(made.contact, in: world.workspace)?.person.name
    }

    @Test(arguments: [
        (Language.english, ["Field in Puente", "Last name", "Field in HubSpot", "Value that was sent"]),
        (.spanish, ["Campo en Puente", "Apellidos", "Campo en HubSpot", "Valor enviado"]),
    ])
    func `names the field on both sides and leads to all that it is about`(
        language: Language, words: [String]
    ) async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            try await world.store.setPreferences(
                language: language, theme: nil, of: world.ana, in: world.workspace)
            let made = try await refused(world)

            let page = try await browser.get("/dead-letters?open=\(made.letter)").text

            for word in words { #expect(page.contains(word), "\(word)") }
            #expect(page.contains("Last &lt;Name&gt;") && !page.contains("Last <Name>"))
            #expect(page.contains("<span class=\"code\">lastname</span>"))
            #expect(page.contains("href=\"/contacts/\(made.contact)\""))
            #expect(page.contains("href=\"https://crm.example/c/77\""))
            #expect(page.contains("href=\"/connections/hubspot/mapping/rows/1\""))
            #expect(page.contains("name=\"value\" value=\"Díaz\""))
        }
    }

    @Test func `another value is written and sent`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let made = try await refused(world)
            let path = "/dead-letters/\(made.letter)/corrections"

            let blank = try await browser.submit(path, [("value", " ")], from: "/dead-letters")
            #expect(blank.status == .unprocessableContent)
            #expect(blank.text.contains("aria-invalid=\"true\""))

            let right = try await browser.submit(path, [("value", "Ruiz")], from: "/dead-letters")
            #expect(right.status == .seeOther)
            #expect(try await name(of: made, world) == "Rosa Ruiz")
            #expect(try await world.store.deadLetter(made.letter, in: world.workspace) == nil)
        }
    }

    @Test func `who may not change the mapping is not led there, and may correct the contact`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")
            let made = try await refused(world)

            #expect(
                try await !browser.get("/dead-letters?open=\(made.letter)").text.contains("/mapping/rows/1"))
            let right = try await browser.submit(
                "/dead-letters/\(made.letter)/corrections", [("value", "Ruiz")], from: "/dead-letters")
            #expect(right.status == .seeOther)
            #expect(try await name(of: made, world) == "Rosa Ruiz")
        }
    }
}
