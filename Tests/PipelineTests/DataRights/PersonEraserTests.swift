import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

@Suite struct PersonEraserTests {
    private func erase(_ contact: ContactID, _ rig: DataRightsRig) async throws -> ErasureID {
        try await rig.world.store.erase(contact, wish: .tell, by: "Ana", in: rig.world.workspace).erasure
    }

    private func state(_ erasure: ErasureID, _ rig: DataRightsRig) async throws -> Erasure.State? {
        try await rig.world.store.erasure(erasure, in: rig.world.workspace)?.state
    }

    @Test func `nothing of the person is left in any file: database, log, media, raw webhooks`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive(
                "Mensaje de Carlos", wamid: "c1", from: DataRightsRig.other, name: "Carlos")
            try await rig.receive(
                "mensaje secreto de ella", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            try await rig.addFile("mensaje secreto de ella, en un archivo", named: "factura-de-lucia.txt", to: lucia)
            let export = try await rig.world.store.requestExport(
                of: lucia, language: .spanish, by: "Ana", in: rig.world.workspace)
            await rig.work.export()
            #expect(try rig.parts(of: export.id).count == 3)
            #expect(try !rig.filesHolding(DataRightsRig.traces).isEmpty)

            let erasure = try await erase(lucia, rig)
            await rig.work.erase()
            // The file of the export goes with those whose time is over.
            await rig.work.export()
            await rig.work.erase()

            #expect(try await state(erasure, rig) == .done)
            #expect(try rig.filesHolding(DataRightsRig.traces) == [])
            #expect(try !rig.filesHolding(["Mensaje de Carlos"]).isEmpty)
            #expect(try await rig.contact(DataRightsRig.other) != nil)
        }
    }

    @Test func `a webhook with several people keeps the others`() async throws {
        try await DataRightsRig.with { rig in
            let seconds = rig.world.store.now().milliseconds / 1000
            func message(_ phone: String, _ id: String) -> String {
                #"{"from":"\#(phone)","id":"\#(id)","timestamp":"\#(seconds)","type":"text","text":{"body":"de \#(id)"}}"#
            }
            try await rig.take(
                """
                {"object":"whatsapp_business_account","entry":[{"id":"\(PipelineWorld.wabaID)","changes":[{"field":\
                "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
                "phone_number_id":"\(PipelineWorld.phoneNumberID)"},"contacts":[{"profile":{"name":"Lucía"},"wa_id":\
                "\(DataRightsRig.phone)"},{"profile":{"name":"Carlos"},"wa_id":"\(DataRightsRig.other)"}],"messages":[\
                \(message(DataRightsRig.phone, "l1")),\(message(DataRightsRig.other, "c1"))]}}]}]}
                """)
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))

            let erasure = try await erase(lucia, rig)
            await rig.work.erase()

            #expect(try await state(erasure, rig) == .done)
            let body = try await rig.world.store.database.read { connection in
                try connection.value("SELECT body FROM intake", as: [UInt8].self) ?? []
            }
            let text = String(decoding: body, as: UTF8.self)
            #expect(text.contains("de c1") && text.contains("Carlos") && text.contains("15550783881"))
            #expect(!text.contains("de l1") && !text.contains("Lucía"))
        }
    }

    @Test func `a file that another message shows stays in the folder`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Hola", wamid: "c1", from: DataRightsRig.other, name: "Carlos")
            try await rig.receive("Hola", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            let carlos = try #require(try await rig.contact(DataRightsRig.other))
            let shared = try await rig.addFile("lo mismo", named: "a.txt", to: lucia)
            try await rig.addFile("lo mismo", named: "b.txt", to: carlos)
            let own = try await rig.addFile("lo suyo", named: "c.txt", to: lucia)

            let erasure = try await erase(lucia, rig)
            await rig.work.erase()

            #expect(try await state(erasure, rig) == .done)
            #expect(try rig.folder.size(of: shared, in: rig.world.workspace) == 8)
            #expect(try rig.folder.size(of: own, in: rig.world.workspace) == nil)
        }
    }

    /// It may belong to somebody who is just uploading the same.
    @Test func `a file that came a moment ago is waited for`() async throws {
        try await DataRightsRig.with { rig in
            try await rig.receive("Hola", wamid: "l1", from: DataRightsRig.phone, name: "Lucía")
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            let file = try await rig.addFile("reciente", named: "a.txt", to: lucia)
            let path = rig.folder.file(file, in: rig.world.workspace)
            try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)

            let erasure = try await erase(lucia, rig)
            await rig.work.erase()
            #expect(try await state(erasure, rig) == .running)

            let past = Date(timeIntervalSinceNow: -600)
            try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
            await rig.work.erase()
            #expect(try await state(erasure, rig) == .done)
        }
    }

    @Test func `what was typed to find people goes for all of them at once`() async throws {
        try await DataRightsRig.with { rig in
            let (store, workspace) = (rig.world.store, rig.world.workspace)
            var erasures: [ErasureID] = []
            for (phone, name) in [("79123456789", "Olga"), ("4915123456789", "Jonas")] {
                try await rig.receive("Hola", wamid: phone, from: phone, name: name)
                erasures.append(try await erase(try #require(try await rig.contact(phone)), rig))
            }
            for query in ["olga", "8 912 34", "(0)1512 34", "jonas", "8 913", "nadie"] {
                try await store.noteListed(["query": query], by: "Ana", in: workspace)
            }

            await rig.work.erase()

            for erasure in erasures { #expect(try await state(erasure, rig) == .done) }
            let left = try await store.audit(AuditQuery(kind: .seen), in: workspace).items.compactMap(\.query)
            #expect(Set(left) == ["8 913", "nadie"])
        }
    }

    @Test func `what was interrupted goes on from the database alone`() async throws {
        try await DataRightsRig.with { rig in
            for index in 0..<250 {
                try await rig.receive("n\(index)", wamid: "l\(index)", from: DataRightsRig.phone, name: "Lucía")
            }
            let lucia = try #require(try await rig.contact(DataRightsRig.phone))
            let erasure = try await erase(lucia, rig)

            let steps = Tally()
            await rig.work.erase {
                steps.add()
                return steps.count <= 2
            }
            #expect(try await state(erasure, rig) == .running)
            let left = try await rig.world.count("SELECT COUNT(*) AS n FROM message")
            #expect(left < 250 && left > 0)

            await DataRightsWork(store: rig.world.store, folder: rig.folder, bodyPatience: .zero, logger: quiet).erase()
            #expect(try await state(erasure, rig) == .done)
            #expect(try await rig.world.store.erasure(erasure, in: rig.world.workspace)?.counts[.messages] == 250)
        }
    }
}
