import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

struct LabelPageTests {
    @Test func `a label is made, changed, deleted and put back`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/labels").text.contains("No labels yet"))

            let made = try await browser.submit("/labels", [("name", "VIP"), ("color", "violet")], from: "/labels")
            #expect(made.location == "/labels")
            let label = try #require(try await world.store.labels(in: world.workspace).first)
            #expect(try await browser.get("/labels").text.contains("The label is created."))
            _ = try await browser.submit(
                "/labels/\(label.id)", [("name", "Cliente VIP"), ("color", "pink")], from: "/labels")
            #expect(try await browser.get("/labels").text.contains("label-chip label-pink"))

            let deleted = try await browser.submit("/labels/\(label.id)/deletions", from: "/labels")
            #expect(deleted.location == "/labels")
            let page = try await browser.get("/labels").text
            let undo = try #require(page.firstMatch(of: #/action="(/bulk/[^"]+/undo)"/#)).1
            let undone = try await browser.submit(String(undo), from: "/labels")
            #expect(undone.status == .seeOther)
            try await world.finishUndos()
            #expect(try await browser.get("/labels").text.contains("Cliente VIP"))
        }
    }

    @Test func `a mistake comes back with what was typed, beside its label`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let vip = try await world.label("VIP")
            _ = try await world.label("Oro")

            let taken = try await browser.submit(
                "/labels/\(vip)", [("name", "oró"), ("color", "red")], from: "/labels")
            let empty = try await browser.submit("/labels", [("name", " "), ("color", "red")], from: "/labels")

            #expect(taken.status == .conflict && taken.text.contains("value=\"oró\""))
            #expect(taken.text.contains("There is a label with this name already."))
            #expect(empty.status == .unprocessableContent)
            #expect(try await browser.submit("/labels/0000000000001/deletions", from: "/labels").status == .notFound)
        }
    }
}

struct LabelUsePageTests {
    @Test func `the question before a deletion names what asks for the label, or goes with it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let (used, other) = (try await world.label("nopromo"), try await world.label("VIP"))
            let segment = try await world.store.createSegment(
                "Para promo", try SegmentConditions(.all, [.condition(.label(used, isSo: false))]),
                in: world.workspace, by: "Ana")
            _ = try await world.store.createLabelRule(
                LabelRuleDraft(
                    name: "Con nombre", conditions: try SegmentConditions(.all, [.condition(.name(.filled))]),
                    label: other), in: world.workspace, by: "Ana")

            let page = try await browser.get("/labels").text

            #expect(page.contains("<a href=\"/segments/\(segment)\">Para promo</a>"))
            #expect(!page.contains("/labels/\(used)/deletions"))
            #expect(page.contains("/labels/\(other)/deletions"))
            #expect(page.contains("The label rules that put it on go with it: “Con nombre”."))
            let refused = try await browser.submit("/labels/\(used)/deletions", from: "/labels")
            #expect(refused.status == .conflict && refused.text.contains("“Para promo”"))
        }
    }

    @Test func `a segment on a label that is gone says so, and offers no bulk action`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.contact()
            let (store, workspace) = (world.store, world.workspace)
            let label = try await world.label("nopromo")
            let segment = try await store.createSegment(
                "Para promo", try SegmentConditions(.all, [.condition(.label(label, isSo: false))]), in: workspace,
                by: "Ana")
            let deleted = try await store.deleteSegment(segment, in: workspace, by: "Ana")
            let change = try await store.startBulk(.deleteLabel(label: label), on: .everybody, in: workspace, by: "Ana")
            try await store.advanceBulk(change, in: workspace)
            _ = try await store.undo(deleted, in: workspace, by: "Ana")

            let page = try await browser.get("/segments").text
            let count = try await browser.get("/fragments/segments/\(segment)/count").text

            #expect(page.contains("those conditions find nobody"))
            #expect(!page.contains("/bulk?segment=\(segment)"))
            #expect(count.contains("0 contacts"))
            let opened = try await browser.get("/segments/\(segment)").text
            #expect(opened.contains("those conditions find nobody") && !opened.contains("/bulk?segment="))
        }
    }
}

struct FieldPageTests {
    @Test func `a field is made, moved, put away and brought back`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit(
                "/fields", [("name", "Nivel"), ("kind", "choice"), ("choices", "Oro\r\nPlata\r\n")], from: "/fields")
            _ = try await browser.submit(
                "/fields", [("name", "Peso"), ("kind", "number"), ("choices", "x")], from: "/fields")
            let fields = try await world.store.fields(in: world.workspace)
            #expect(fields.map(\.key) == ["nivel", "peso"])
            #expect(fields.first?.choices == ["Oro", "Plata"])

            _ = try await browser.submit("/fields/\(fields[1].id)/moves", [("to", "up")], from: "/fields")
            _ = try await browser.submit("/fields/\(fields[0].id)/archivings", from: "/fields")
            #expect(try await world.store.fields(in: world.workspace).map(\.key) == ["peso"])
            #expect(try await browser.get("/fields").text.contains("The field is archived."))
            _ = try await browser.submit("/fields/\(fields[0].id)/restorings", from: "/fields")
            #expect(try await world.store.fields(in: world.workspace).map(\.key) == ["peso", "nivel"])
        }
    }

    @Test func `a choice is renamed, left out, and stays while somebody has it`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let level = try await world.field("Nivel", .choice, ["Oro", "Plata", "Bronce"])
            let contact = try await world.contact()
            try await world.store.setField(
                level, of: contact, to: "Oro", habits: .machine, in: world.workspace, by: "Ana")

            let wrong = try await browser.submit(
                "/fields/\(level)", [("name", "Nivel"), ("choices", "Plata")], from: "/fields")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("“Oro” stays"))
            let taken = try await browser.submit(
                "/fields/\(level)/choice-renames", [("from", "Bronce"), ("to", "PLATA")], from: "/fields")
            #expect(taken.status == .unprocessableContent && taken.text.contains("is there twice"))
            #expect(taken.text.contains("name=\"to\" value=\"PLATA\""))
            #expect(taken.text.contains("<option value=\"Bronce\" selected>"))
            let renamed = try await browser.submit(
                "/fields/\(level)/choice-renames", [("from", "Oro"), ("to", "Gold")], from: "/fields")

            #expect(renamed.location == "/fields")
            let fewer = try await browser.submit(
                "/fields/\(level)", [("name", "Nivel"), ("choices", "Gold\r\nPlata")], from: "/fields")
            #expect(fewer.location == "/fields")
            #expect(try await world.store.field(level, in: world.workspace)?.choices == ["Gold", "Plata"])
            #expect(try await world.store.details(of: contact, in: world.workspace)?.fields.first?.value == "Gold")
        }
    }
}

struct SegmentPageTests {
    @Test func `a segment is built button by button without scripts`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let vip = try await world.label("VIP")
            let contact = try await world.contact()
            try await world.store.addLabel(vip, to: contact, in: world.workspace, by: "Ana")
            let form: [(String, String)] = [
                ("name", "Los VIP"), ("m.0", "all"), ("s.0.0", "label"), ("t.0.0", "has"), ("v.0.0", "\(vip)"),
            ]

            let added = try await browser.submit("/segments", form + [("do", "add:0")], from: "/segments/new")
            #expect(added.text.contains("name=\"s.0.1\" autofocus"))
            #expect(added.status == .ok && added.text.contains("name=\"s.0.1\""))
            #expect(added.text.contains("1 contact meets these conditions."))
            // What the second row is about changes: its comparisons do.
            let another = form + [("s.0.1", "activity"), ("t.0.1", "has"), ("v.0.1", ""), ("do", "redraw")]
            let redrawn = try await browser.submit("/segments", another, from: "/segments/new")
            #expect(redrawn.text.contains("wrote in the last"))
            let grouped = try await browser.submit("/segments", form + [("do", "group")], from: "/segments/new")
            #expect(grouped.text.contains("name=\"m.1\"") && grouped.text.contains("Group 1"))

            let saved = try await browser.submit(
                "/segments",
                form + [
                    ("s.0.1", "activity"), ("t.0.1", "never"), ("m.1", "any"), ("s.1.0", "state:blocked"),
                    ("t.1.0", "has_not"), ("do", "save"),
                ], from: "/segments/new")

            #expect(saved.location == "/segments")
            let segment = try #require(try await world.store.segments(in: world.workspace).first)
            #expect(segment.conditions.all.count == 3)
            let list = try await browser.get("/segments").text
            #expect(list.contains("Label is “VIP” and the contact never wrote and (blocked does not apply)"))
            #expect(try await browser.get("/segments/\(segment.id)").text.contains("value=\"Los VIP\""))
            #expect(try await browser.get("/fragments/segments/\(segment.id)/count").text.contains("contact"))
        }
    }

    @Test func `of many contacts the page counts as far as it has time, and a script asks for the rest`() async throws {
        try await ConsoleWorld.run { world, browser in
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.executeMany(
                    """
                    INSERT INTO contact (id, workspace_id, name, sort_name, created_at, updated_at)
                    VALUES (:id, :workspace_id, :name, :name, 1, 1)
                    """,
                    (1...20_000).map { ["id": $0, "workspace_id": workspace, "name": $0 == 1 ? "aguja" : "paja"] })
            }
            _ = try await browser.signIn()
            let fields: [(String, String)] = [
                ("name", "x"), ("m.0", "all"), ("s.0.0", "name"), ("t.0.0", "is"), ("v.0.0", "aguja"),
            ]
            let page = try await browser.submit("/segments", fields + [("do", "redraw")], from: "/segments/new").text
            #expect(page.contains("Not counted yet.") && page.contains("hx-trigger=\"load, input"))
            let asked = try await browser.submit("/fragments/segments/counts", fields, from: "/segments/new").text
            #expect(asked.contains("1 contact meets these conditions.") && !asked.contains("hx-trigger=\"load"))
        }
    }

    @Test func `what is wrong stands beside its condition, and everything typed stays`() async throws {
        try await ConsoleWorld.run { _, browser in
            _ = try await browser.signIn()
            let wrong = try await browser.submit(
                "/segments",
                [
                    ("name", ""), ("m.0", "any"), ("s.0.0", "phone"), ("t.0.0", "starts"),
                    ("v.0.0", "Dominican Republic"),
                    ("s.0.1", "created"), ("t.0.1", "within"), ("v.0.1", "mañana"), ("do", "save"),
                ], from: "/segments/new")

            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("shares +1 with other countries"))
            #expect(wrong.text.contains("Write a number of days"))
            #expect(wrong.text.contains("value=\"mañana\""))

            let nameless = try await browser.submit(
                "/segments",
                [("name", ""), ("m.0", "all"), ("s.0.0", "phone"), ("t.0.0", "starts"), ("v.0.0", "México, +34")],
                from: "/segments/new")
            #expect(nameless.status == .unprocessableContent)
            #expect(nameless.text.contains("A name has 1 to 80 characters."))
        }
    }

    @Test func `the count follows what is complete`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.contact()
            let fields = [
                ("m.0", "all"), ("s.0.0", "activity"), ("t.0.0", "never"), ("s.0.1", "name"),
                ("t.0.1", "contains"), ("v.0.1", ""),
            ]
            let count = try await browser.submit("/fragments/segments/counts", fields, from: "/segments/new")
            #expect(count.text.contains("1 contact meets"))
            #expect(count.text.contains("What is not complete yet is left out."))
            let nothing = try await browser.submit(
                "/fragments/segments/counts", [("m.0", "all")], from: "/segments/new")
            #expect(nothing.text.contains("Complete a condition"))
        }
    }

    @Test func `a deleted segment is put back`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let id = try await world.store.createSegment(
                "Callados", try SegmentConditions(.all, [.condition(.activity(.never))]), in: world.workspace, by: "Ana"
            )

            _ = try await browser.submit("/segments/\(id)/deletions", from: "/segments")
            let page = try await browser.get("/segments").text
            let undo = try #require(page.firstMatch(of: #/action="(/bulk/[^"]+/undo)"/#)).1
            let back = try await browser.submit(String(undo), from: "/segments")

            #expect(back.location == "/segments")
            #expect(try await browser.get("/segments").text.contains("Callados"))
        }
    }
}

struct BulkPageTests {
    @Test func `progress says how fast it goes and how long it takes`() throws {
        let context = try SampleWorld(.english).context
        let running = BulkProgressView(PeopleSamples.running, in: context)
        #expect(running.pace == "250 contacts a second, about 2\u{202F}s left")
        #expect(BulkProgressView(PeopleSamples.done, in: context).pace == nil)
        // One that ended before anybody counted is not half done.
        let failed = BulkProgressView(PeopleSamples.failed, in: context)
        #expect(failed.figures == "10 contacts looked at, 0 changed." && failed.value == failed.most)

        var renaming = PeopleSamples.running
        renaming.isStoppable = false
        #expect(running.stopURL != nil && BulkProgressView(renaming, in: context).stopURL == nil)
    }

    @Test func `chosen contacts get a label, and it is undone`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let vip = try await world.label("VIP")
            let contacts = [try await world.contact(), try await world.contact()]
            let chosen = contacts.map { ("id", "\($0)") }

            let form = try await browser.submit("/bulk/drafts", chosen, from: "/segments")
            #expect(form.text.contains("2 selected contacts"))
            let begun = try await browser.submit(
                "/bulk", chosen + [("action", "addLabel"), ("what-label", "\(vip)")], from: "/segments")

            let path = try #require(begun.location)
            let page = try await browser.get(path).text
            #expect(page.contains("Label “VIP” added") && page.contains("2 of 2 contacts looked at, 2 changed."))
            #expect(!page.contains("every 1s"))
            let undo = try await browser.submit("\(path)/undo", from: path)
            #expect(undo.location == path)
            #expect(try await browser.get(path).text.contains("every 1s"))
            try await world.finishUndos()
            #expect(try await browser.get(path).text.contains("2 of 2 entries put back."))
            #expect(try await world.store.label(vip, in: world.workspace)?.contacts?.value == 0)
        }
    }

    @Test(
        "a filter that cannot be read is nobody's, and not everybody's",
        arguments: [("label", "vip"), ("state", "angry"), ("consent", "maybe"), ("reach", "far"), ("segment", "x")])
    func unread(name: String, value: String) async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await world.contact()
            #expect(try await browser.get("/bulk?\(name)=\(value)").status == .notFound)
            let begun = try await browser.submit(
                "/bulk", [("everybody", "yes"), (name, value), ("action", "setState"), ("what-state", "blocked")],
                from: "/contacts")
            #expect(begun.status == .notFound)
            #expect(try await world.store.openBulks().isEmpty)
        }
    }

    @Test func `an import is put back by administrators, on its own page, and not as a bulk action`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.agent(email: "beto@ejemplo.mx")
            _ = try await browser.signIn(email: "beto@ejemplo.mx")
            let segment = try await world.store.createSegment(
                "Callados", try SegmentConditions(.all, [.condition(.activity(.never))]), in: world.workspace, by: "Ana"
            )
            let change = try await world.store.deleteSegment(segment, in: world.workspace, by: "Ana")

            for kind in ["import", "merge"] {
                try await world.store.database.write { connection in
                    try connection.execute(
                        "UPDATE change SET kind = :kind WHERE id = :id", ["kind": kind, "id": change])
                }
                let undone = try await browser.submit("/bulk/\(change)/undo", from: "/segments")
                #expect(undone.status == .notFound)
                #expect(try await world.store.change(change, in: world.workspace)?.state == .done)
            }
        }
    }

    @Test func `a label that is not there yet is made on the way`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let contact = try await world.contact()
            let fields = [("id", "\(contact)"), ("action", "addLabel"), ("what-label", "")]
            let empty = try await browser.submit("/bulk", fields + [("new-label", " ")], from: "/contacts")
            #expect(empty.status == .unprocessableContent && empty.text.contains("Choose a label."))

            let begun = try await browser.submit("/bulk", fields + [("new-label", "Feria ")], from: "/contacts")
            #expect(begun.status == .seeOther)
            let label = try #require(try await world.store.labels(counting: true, in: world.workspace).first)
            #expect(label.name == "Feria" && label.contacts?.value == 1)

            let again = try await browser.submit("/bulk", fields + [("new-label", "feria")], from: "/contacts")
            #expect(again.status == .conflict && again.text.contains("value=\"feria\""))
        }
    }

    @Test func `a segment's contacts are acted on, and a mistake comes back`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let points = try await world.field("Puntos", .number)
            _ = try await world.contact()
            let segment = try await world.store.createSegment(
                "Callados", try SegmentConditions(.all, [.condition(.activity(.never))]), in: world.workspace, by: "Ana"
            )
            #expect(
                try await browser.get("/bulk?segment=\(segment)").text
                    .contains("1 contact of the segment “Callados”"))
            let fields = [
                ("everybody", "yes"), ("segment", "\(segment)"), ("action", "setField"), ("what-field", "\(points)"),
            ]

            let wrong = try await browser.submit("/bulk", fields + [("value", "muchos")], from: "/segments")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("“muchos” is no number"))
            #expect(wrong.text.contains("value=\"muchos\""))
            let right = try await browser.submit("/bulk", fields + [("value", "1,234.5")], from: "/segments")

            #expect(right.status == .seeOther)
            let done = try await browser.get(try #require(right.location)).text
            #expect(done.contains("href=\"/contacts?segment=\(segment)\""))
            let members = try await world.store.members(
                of: try SegmentConditions(.all, [.condition(.number(points, .equals(1234.5)))]), in: world.workspace)
            #expect(members.items.count == 1)
        }
    }
}

struct ContactDetailsPageTests {
    @Test func `the card changes labels, fields and marks, with and without scripts`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            let contact = try await world.contact()
            let level = try await world.field("Nivel", .choice, ["Oro", "Plata"])
            let path = "/contacts/\(contact)"

            let labelled = try await browser.submit("\(path)/labels", [("add", "VIP")], from: "/segments")
            #expect(labelled.location == path)
            let card = try await browser.submit(
                "\(path)/fields", [("field", "\(level)"), ("value", "oro")], from: "/segments", isScript: true)
            #expect(card.status == .ok && card.text.contains("id=\"contact-details\""))
            let wrong = try await browser.submit(
                "\(path)/fields", [("field", "\(level)"), ("value", "Bronce")], from: "/segments", isScript: true)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("none of the choices: Oro, Plata"))
            _ = try await browser.submit(
                "\(path)/states", [("state", "blocked"), ("reason", "Insultos"), ("to", "on")], from: "/segments")

            var details = try #require(try await world.store.details(of: contact, in: world.workspace))
            #expect(details.labels.map(\.name) == ["VIP"] && details.fields.first?.value == "Oro")
            #expect(details.states.first?.reason == "Insultos")

            _ = try await browser.submit(
                "\(path)/labels", [("remove", "\(details.labels[0].id)")], from: "/segments")
            _ = try await browser.submit("\(path)/states", [("state", "blocked"), ("to", "off")], from: "/segments")
            details = try #require(try await world.store.details(of: contact, in: world.workspace))
            #expect(details.labels.isEmpty && details.states.isEmpty)
        }
    }

    @Test func `a contact of another company is not found`() async throws {
        try await ConsoleWorld.run { world, browser in
            try await world.stranger(email: "luis@otra.mx")
            let contact = try await world.contact()
            let luis = browser.stranger()
            _ = try await luis.signIn(email: "luis@otra.mx")

            let answer = try await luis.submit("/contacts/\(contact)/labels", [("add", "VIP")], from: "/segments")

            #expect(answer.status == .notFound)
            #expect(try await world.store.details(of: contact, in: world.workspace)?.labels.isEmpty == true)
        }
    }
}

extension ConsoleWorld {
    fileprivate func label(_ name: String) async throws -> LabelID {
        try await store.createLabel(name, color: .teal, in: workspace, by: "Ana")
    }

    func field(_ name: String, _ kind: FieldKind, _ choices: [String] = []) async throws -> FieldID {
        try await store.createField(FieldDraft(name: name, kind: kind, choices: choices), in: workspace, by: "Ana")
    }

    /// Somebody who never wrote.
    fileprivate func contact() async throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        let workspace = workspace
        try await store.database.write { connection in
            try connection.execute(
                """
                INSERT INTO contact (id, workspace_id, name, created_at, updated_at)
                VALUES (:id, :workspace_id, 'Lucía', 1, 1)
                """, ["id": id, "workspace_id": workspace])
        }
        return id
    }

    fileprivate func finishUndos() async throws {
        for (change, workspace) in try await store.interruptedUndos() {
            _ = try await store.goOnUndoing(change, in: workspace)
        }
    }
}

extension Browser {
    fileprivate func submit(
        _ path: String, _ fields: [(String, String)], from page: String, isScript: Bool
    ) async throws -> Answer {
        let token = try await get(page).token ?? ""
        return try await post(path, [("csrf", token)] + fields, [.hxRequest: "true"])
    }
}
