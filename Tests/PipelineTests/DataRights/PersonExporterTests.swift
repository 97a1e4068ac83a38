import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

@Suite struct PersonExporterTests {
    private func request(_ contact: ContactID, _ rig: DataRightsRig) async throws -> PersonExportID {
        try await rig.world.store.requestExport(
            of: contact, language: .spanish, by: "Ana", in: rig.world.workspace
        ).id
    }

    @Test func `the archive holds data, page and files of one person and of nobody else`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Mensaje de Carlos", wamid: "c1", from: DataRightsRig.other, name: "Carlos")
            try await rig.receive("Hola <b>yo</b>", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            let sha256 = try await rig.addFile("contenido", named: "../factura: 7.txt", to: lucia)

            let export = try await request(lucia, rig)
            await rig.work.export()

            let ready = try #require(try await rig.world.store.export(export, in: rig.world.workspace))
            #expect(ready.state == .ready && ready.done == 2)
            let parts = try rig.parts(of: export)
            let path = "media/\(sha256.prefix(16))-_factura_ 7.txt"
            #expect(Set(parts.keys) == ["person.json", "index.html", path])
            #expect(parts[path] == "contenido")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data((parts["person.json"] ?? "").utf8)) as? [String: Any])
            #expect(json["format"] as? String == "puente.person/1")
            let messages = try #require(json["messages"] as? [[String: Any]])
            #expect(messages.count == 2)
            #expect(messages.compactMap { $0["file_path"] as? String } == [path])
            #expect((messages[0]["content"] as? [String: Any])?["body"] as? String == "Hola <b>yo</b>")
            #expect((json["handles"] as? [[String: Any]])?.first?["address"] as? String == DataRightsRig.phone)
            let page = try #require(parts["index.html"])
            #expect(page.contains("<html lang=\"es\">") && page.contains("Hola &lt;b&gt;yo&lt;/b&gt;"))
            #expect(page.contains("href=\"\(path)\"") && !page.contains("<script"))
            #expect(!parts.values.contains { $0.contains("Carlos") })
        }
    }

    @Test func `the page shows what proves consent`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Hola", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            try await rig.world.store.recordConsent(
                ConsentEntryDraft(
                    contact: lucia, purpose: .marketing, change: .granted, source: .form, words: "Sí <quiero>",
                    at: rig.world.store.now(), actor: "Ana", evidence: ConsentEvidence(reference: "hoja <7>")),
                in: rig.world.workspace)
            let export = try await request(lucia, rig)

            await rig.work.export()

            let page = try #require(try rig.parts(of: export)["index.html"])
            #expect(page.contains("Sí &lt;quiero&gt;") && page.contains("reference: hoja &lt;7&gt;"))
            #expect(page.contains("anotó el consentimiento"))
        }
    }

    @Test func `the page writes numbers as people do, and no column that is empty`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Hola", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let export = try await request(try #require(try await rig.contact(DataRightsRig.phone)), rig)
            await rig.work.export()

            let page = try #require(try rig.parts(of: export)["index.html"])

            #expect(page.contains("<td data-label=\"Valor\">+52 "))
            #expect(!page.contains(">\(DataRightsRig.phone)<"))
            #expect(page.contains("<th>Desde</th>") && !page.contains("<th>Hasta</th>"))
            #expect(page.contains(" (UTC)"))
        }
    }

    @Test func `a time is written as the company's clocks show it, and says how far they are from UTC`() {
        let days = LocalDays { _ in .seconds(-6 * 3600 - 1800) }
        let evening = Timestamp(milliseconds: 1_795_826_520_000)  // 2026-11-28 00:42 UTC

        #expect(PersonTime(days: days).text(evening) == "2026-11-27 18:12 (UTC-06:30)")
        #expect(PersonTime(days: .utc).text(evening) == "2026-11-28 00:42 (UTC)")
    }

    @Test func `a conversation of many pages is written whole`() async throws {
        try await DataRightsRig.with { rig in
            for index in 0..<450 {
                try await rig.receive("n\(index).", wamid: "l\(index)", from: DataRightsRig.phone, name: "Lucía")
            }
            let export = try await request(try #require(try await rig.contact(DataRightsRig.phone)), rig)

            await rig.work.export()

            let parts = try rig.parts(of: export)
            for index in 0..<450 {
                #expect(parts["person.json"]?.contains("\"n\(index).\"") == true)
                #expect(parts["index.html"]?.contains(">n\(index).<") == true)
            }
        }
    }

    @Test func `one that was interrupted is begun anew, and one that is not wanted leaves no file`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Hola", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            let export = try await request(lucia, rig)
            let steps = Tally()
            await rig.work.export {
                steps.add()
                return steps.count <= 2
            }
            #expect(try await rig.world.store.export(export, in: rig.world.workspace)?.state == .running)

            await rig.work.export()
            #expect(try await rig.world.store.export(export, in: rig.world.workspace)?.state == .ready)

            _ = try await rig.world.store.erase(lucia, wish: .tell, by: "Ana", in: rig.world.workspace)
            await rig.work.export()
            let exports = "\(rig.folder.path)/.exports"
            #expect(try FileManager.default.contentsOfDirectory(atPath: exports) == [])
        }
    }
}
