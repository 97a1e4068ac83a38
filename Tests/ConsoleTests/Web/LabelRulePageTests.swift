import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct LabelRulePageTests {
    private static func form(_ name: String, _ label: LabelID, _ more: [(String, String)] = []) -> [(String, String)] {
        [
            ("name", name), ("label", "\(label)"), ("m.0", "all"), ("s.0.0", "activity"), ("t.0.0", "never"),
            ("v.0.0", ""),
        ] + more
    }

    @Test func `a rule is made with a count, turned off and on, and deleted with an undo`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/label-rules").text.contains("No label rules yet"))
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeContact()
            let new = "/label-rules/new"

            let added = try await browser.submit(
                "/label-rules", Self.form("Nuevos", vip, [("takes_off", "yes"), ("do", "add:0")]), from: new)
            #expect(added.text.contains("name=\"s.0.1\"") && added.text.contains("contact meets these conditions."))
            #expect(added.text.contains("name=\"takes_off\" value=\"yes\" checked"))
            #expect(!added.text.contains("name=\"is_on\" value=\"yes\" checked"))
            let made = try await browser.submit(
                "/label-rules", Self.form("Nuevos", vip, [("is_on", "yes"), ("takes_off", "yes"), ("do", "save")]),
                from: new)
            #expect(made.location == "/label-rules")
            let rule = try #require(try await world.store.labelRules(in: world.workspace).first).rule
            #expect(rule.isOn && rule.takesOff && rule.label == vip)
            let list = try await browser.get("/label-rules").text
            #expect(list.contains("The label rule is saved.") && list.contains("If the contact never wrote"))
            #expect(list.contains("0 contacts by this rule"))

            let path = "/label-rules/\(rule.id)"
            _ = try await browser.submit("\(path)/switches", [("to", "off")], from: "/label-rules")
            #expect(try await world.store.labelRule(rule.id, in: world.workspace)?.rule.isOn == false)
            _ = try await browser.submit("\(path)/switches", [("to", "on")], from: "/label-rules")
            #expect(try await browser.get("/label-rules").text.contains("The label rule is on."))
            #expect(try await browser.get(path).text.contains("value=\"Nuevos\""))

            _ = try await browser.submit("\(path)/deletions", [("labels", "stay")], from: "/label-rules")
            let page = try await browser.get("/label-rules").text
            let undo = try #require(page.firstMatch(of: #/action="(/bulk/[^"]+/undo)"/#)).1
            #expect(try await browser.submit(String(undo), from: "/label-rules").location == "/label-rules")
            #expect(try await browser.get("/label-rules").text.contains("It is as it was before."))
        }
    }

    @Test func `a label says on the contact's page that a rule put it on, and goes with the rule`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let vip = try await world.makeLabel("VIP")
            let contact = try await world.makeContact()
            _ = try await browser.submit(
                "/label-rules", Self.form("Nuevos", vip, [("is_on", "yes"), ("do", "save")]), from: "/label-rules/new")
            #expect(try await world.store.beginLabelRulePass(in: world.workspace))
            _ = try await world.store.goOnWithLabelRulePass(in: world.workspace)

            let page = try await browser.get("/contacts/\(contact)").text
            #expect(page.contains("title=\"Put on by the rule: Nuevos\""))
            let rule = try #require(try await world.store.labelRules(counting: true, in: world.workspace).first)
            #expect(rule.contacts?.value == 1)
            #expect(try await browser.get("/label-rules").text.contains("1 contact by this rule"))
            let gone = try await browser.submit(
                "/label-rules/\(rule.id)/deletions", [("labels", "go")], from: "/label-rules")

            #expect(gone.location == "/label-rules")
            #expect(try await world.store.details(of: contact, in: world.workspace)?.labels.isEmpty == true)
            #expect(try await world.store.labelRules(in: world.workspace).isEmpty)
        }
    }

    @Test func `a mistake comes back with what was written, beside its place`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (vip, other) = (try await world.makeLabel("VIP"), try await world.makeLabel("Otra"))
            _ = try await browser.submit(
                "/label-rules",
                [
                    ("name", "Uno"), ("label", "\(vip)"), ("m.0", "all"), ("s.0.0", "label"), ("t.0.0", "has"),
                    ("v.0.0", "\(other)"), ("is_on", "yes"), ("do", "save"),
                ], from: "/label-rules/new")
            let circle = try await browser.submit(
                "/label-rules",
                [
                    ("name", "Dos"), ("label", "\(other)"), ("m.0", "all"), ("s.0.0", "label"), ("t.0.0", "has_not"),
                    ("v.0.0", "\(vip)"), ("is_on", "yes"), ("do", "save"),
                ], from: "/label-rules/new")
            let taken = try await browser.submit(
                "/label-rules", Self.form("UNO", vip, [("do", "save")]), from: "/label-rules/new")
            let none = try await browser.submit(
                "/label-rules",
                [
                    ("name", ""), ("m.0", "all"), ("s.0.0", "activity"), ("t.0.0", "within"), ("v.0.0", "x"),
                    ("do", "save"),
                ],
                from: "/label-rules/new")

            #expect(circle.status == .conflict && circle.text.contains("would go round in circles"))
            #expect(circle.text.contains("value=\"Dos\""))
            #expect(taken.status == .conflict && taken.text.contains("There is a label rule with this name already."))
            #expect(none.status == .unprocessableContent)
            #expect(none.text.contains("Choose the label that the rule puts on."))
            #expect(try await browser.get("/label-rules/0000000000001").status == .notFound)
        }
    }
}

extension ConsoleWorld {
    fileprivate func makeLabel(_ name: String) async throws -> LabelID {
        try await store.createLabel(name, color: .teal, in: workspace, by: "Ana")
    }

    /// Somebody who never wrote.
    fileprivate func makeContact() async throws -> ContactID {
        let (id, workspace) = (store.ids.next(ContactRow.self), workspace)
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, name, created_at, updated_at)
                VALUES (:id, :workspace_id, 'Lucía', 1, 1)
                """, ["id": id, "workspace_id": workspace])
        }
        return id
    }
}
