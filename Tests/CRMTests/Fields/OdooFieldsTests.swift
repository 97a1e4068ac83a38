import Domain
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct OdooFieldsTests {
    private func make(_ connector: OdooConnector) async throws {
        _ = try await connector.prepare()
        let models: [[String: OdooValue]] = try await connector.api.call(
            .searchRead("ir.model", [["model", "=", "res.partner"]], fields: ["model"], limit: 1))
        let model = try #require(models.first?["id"]?.integer)
        let types = [("x_score", "float"), ("x_visits", "integer"), ("x_born", "date"), ("x_vip", "boolean")]
        let fields = types.map { name, type -> OdooValue in
            [
                "model_id": .integer(model), "name": .text(name), "field_description": .text(name), "state": "manual",
                "ttype": .text(type),
            ]
        }
        let _: OdooValue = try await connector.api.call(.create("ir.model.fields", fields, effect: .batch))
        connector.api.memory.learn { $0.partnerBook = nil }
    }

    @Test(arguments: [17, 19])
    func `fields are described, written and read, each by its kind`(version: Int) async throws {
        try await withCRM(version: version, CRMs.odoo) { connector, _ in
            try await make(connector)
            let fields = try await connector.fields()
            for (name, shape) in [
                ("x_score", FieldShape.number), ("x_visits", .number), ("x_vip", .yesNo), ("x_born", .date),
                ("category_id", .set), ("x_whatsapp_opt_in", .choice), ("x_whatsapp_opt_in_at", .moment),
                ("email", .email), ("phone", .phone), ("website", .url), ("user_id", .user), ("lang", .language),
                ("comment", .text), ("function", .text),
            ] {
                #expect(fields.shape(of: name) == shape, "\(name)")
            }
            #expect(fields.first { $0.name == "name" }?.isRequired == true)
            #expect(fields.first { $0.name == "write_date" }?.isWritable == false)

            try await expectRoundTrip(
                [
                    "x_score": "12.5", "x_visits": "3", "x_vip": "true", "x_born": "1980-02-29",
                    "category_id": "a;b", "x_whatsapp_opt_in": "opted_in",
                    "x_whatsapp_opt_in_at": "2026-11-20T09:30:00.000Z", "email": "ana@example.com",
                    "website": "https://example.com", "user_id": "marta.gil@ejemplo.example", "lang": "es-ES",
                    "comment": "1 < 2\nso",
                    "function": "Boss",
                ], emptied: ["x_vip": "false"], through: connector)
        }
    }

    @Test func `one value that does not fit, and one field that is not there, fail their contact alone`() async throws {
        try await withCRM(CRMs.odoo) { connector, _ in
            try await make(connector)
            try await expectOneFails(["x_score": "many"], code: "field-value", through: connector)
            try await expectOneFails(["x_visits": "1.5"], code: "field-value", through: connector)
            try await expectOneFails(["lang": "eu"], code: "field-value", through: connector)
            try await expectOneFails(["x_whatsapp_opt_in": "maybe"], code: "field-value", through: connector)
            try await expectOneFails(["x_nothing": "x"], code: "field-unknown", through: connector)
        }
    }

    @Test func `tags behind the first two thousand are known, and not made again`() async throws {
        try await withCRM(CRMs.odoo) { connector, _ in
            _ = try await connector.prepare()
            let tags = (1...2100).map { number -> OdooValue in ["name": .text("tag \(number)")] }
            let _: OdooValue = try await connector.api.call(.create("res.partner.category", tags, effect: .batch))
            let before: Int = try await connector.api.call(.count("res.partner.category"))

            try await expectRoundTrip(["category_id": "tag 2050;tag 2099"], through: connector)

            let after: Int = try await connector.api.call(.count("res.partner.category"))
            #expect(after == before)
        }
    }

    @Test func `somebody whom Odoo does not know fails that contact alone`() async throws {
        try await withCRM(CRMs.odoo) { connector, _ in
            _ = try await connector.prepare()
            try await expectOneFails(["user_id": "999999"], code: "load", through: connector)
        }
    }
}
