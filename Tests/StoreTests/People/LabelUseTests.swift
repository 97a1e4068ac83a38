import Domain
import Testing

@testable import Store

/// Labels and fields that segments and rules speak of.
@Suite struct LabelUseTests {
    private static func asking(_ condition: SegmentCondition) throws -> SegmentConditions {
        try SegmentConditions(.all, [.condition(condition)])
    }

    @Test(arguments: TestDatabase.available)
    func `a label that a segment or a rule asks for is not deleted, and they are named`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let (noPromo, vip) = (try await world.makeLabel("nopromo"), try await world.makeLabel("VIP"))
            let segment = try await store.createSegment(
                "Para promo", Self.asking(.label(noPromo, isSo: false)), in: workspace, by: "Ana")
            let rule = try await world.makeRule("Los que sí", vip, if: .label(noPromo, isSo: false))
            _ = try await world.makeRule("La suya", noPromo, if: .name(.empty))
            func delete() async throws {
                _ = try await world.finish(
                    try await store.startBulk(.deleteLabel(label: noPromo), on: .everybody, in: workspace, by: "Ana"))
            }

            let problem = await #expect(throws: PuenteError.self) { try await delete() }
            #expect(problem?.code == .conflict && problem?.detail == "label_in_use")
            #expect(problem?.message.en.contains("(“Para promo”, “Los que sí”)") == true)
            #expect(problem?.message.es.contains("«Los que sí»") == true)
            let use = LabelUse(
                of: noPromo, segments: try await store.segments(in: workspace),
                rules: try await store.labelRules(in: workspace).map(\.rule))
            #expect(use.ownRules.map(\.name) == ["La suya"])

            _ = try await store.deleteSegment(segment, in: workspace, by: "Ana")
            _ = try await store.deleteLabelRule(rule, in: workspace, by: "Ana")
            try await delete()
            #expect(try await store.labels(in: workspace).map(\.name) == ["VIP"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a deletion that is under way ends where somebody asks for the label meanwhile`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let label = try await world.makeLabel("Feria")
            let change = try await store.startBulk(
                .deleteLabel(label: label), on: .everybody, in: workspace, by: "Ana")
            _ = try await store.createSegment(
                "De la feria", Self.asking(.label(label, isSo: true)), in: workspace, by: "Luis")

            let bulk = try await world.finish(change)

            #expect(bulk.progress.failure?.en.contains("“De la feria”") == true)
            #expect(try await store.label(label, in: workspace) != nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `conditions on what is gone find nobody, whatever they deny`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let label = try await world.makeLabel("nopromo")
            let (text, number) = (
                try await world.makeField("Ciudad", .text), try await world.makeField("Compras", .number)
            )
            let date = try await world.makeField("Alta", .date)
            let denials: [SegmentCondition] = [
                .label(label, isSo: false), .field(text, .text, .differs("Puebla")), .field(text, .text, .empty),
                .number(number, .differs(3)), .number(number, .empty), .date(date, .empty),
            ]
            let ana = try await world.add(PersonSample(name: "Ana"))
            for denial in denials { #expect(try await world.members(Self.asking(denial)) == [ana], "\(denial)") }

            // What an undo in the wrong order leaves.
            try await store.database.write { connection in
                for table in ["label", "field"] {
                    try connection.execute(
                        "DELETE FROM \(table) WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
                }
            }

            for denial in denials {
                #expect(try await world.members(Self.asking(denial)).isEmpty, "\(denial)")
                #expect(try await store.count(of: Self.asking(denial), in: workspace).value == 0, "\(denial)")
            }
            let either = try SegmentConditions(
                .any, denials.map(SegmentConditions.Part.condition) + [.condition(.name(.filled))])
            #expect(try await world.members(either) == [ana])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rule that asks for a label that is gone takes nothing off and puts nothing on`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let (noPromo, promo) = (try await world.makeLabel("nopromo"), try await world.makeLabel("promo"))
            let rule = try await world.makeRule(
                "Para promo", promo, if: .label(noPromo, isSo: false), takesOff: true)
            let ana = try await world.add(PersonSample(name: "Ana"))
            #expect(try await world.pass() == 1)
            let deleted = try await store.deleteLabelRule(rule, in: workspace, by: "Ana")
            _ = try await world.finish(
                try await store.startBulk(.deleteLabel(label: noPromo), on: .everybody, in: workspace, by: "Ana"))

            _ = try await store.undo(deleted, in: workspace, by: "Ana")
            let luis = try await world.add(PersonSample(name: "Luis"))
            _ = try await world.pass()
            try await world.hearNews()

            #expect(try await world.labels(ana).keys.sorted() == ["promo"])
            #expect(try await world.labels(luis).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `undoing an import leaves the label and the field that a segment asks for since`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let record = try await world.bring(
                [
                    .person(2, "34600000001", name: "Ana") {
                        $0.labels = ["vip", "Feria"]
                        $0.fields = [ImportedPerson.Field(key: "city", value: FieldValue(choice: "Puebla"))]
                    }
                ],
                .having { $0.newFields = [ImportField(key: "city", name: "Ciudad", kind: .text)] })
            let vip = try required(try await store.labels(in: workspace).first { $0.name == "vip" })
            let city = try required(try await store.fields(in: workspace).first { $0.name == "Ciudad" })
            let conditions = try SegmentConditions(
                .any, [.condition(.label(vip.id, isSo: true)), .condition(.field(city.id, .text, .filled))])
            _ = try await store.createSegment("Los vip", conditions, in: workspace, by: "Luis")

            let undone = try await store.undo(try required(record.changeID), in: workspace, by: "Ana")

            #expect(undone.keptRows == 2)
            #expect(try await store.labels(counting: true, in: workspace).map(\.name) == ["vip"])
            #expect(try await store.fields(in: workspace).map(\.name) == ["Ciudad"])
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact") == 0)
        }
    }
}
