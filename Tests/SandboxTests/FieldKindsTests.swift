import Foundation
import Testing

@testable import Sandbox

/// Fields of every kind keep what they are given, and nothing else.
@Suite(.timeLimit(.minutes(1))) struct FieldKindsTests {
    @Test func `HubSpot's boxes are ticked one by one`() async throws {
        try await TestSandbox.run { api in
            let options: JSON = [["label": "Golf", "value": "golf"], ["label": "Polo", "value": "polo"]]
            _ = try await api.post(
                "/hubspot/crm/v3/properties/contacts",
                [
                    "name": "sports", "label": "Sports", "type": "enumeration", "fieldType": "checkbox",
                    "groupName": "contactinformation", "options": options,
                ])
            let both = try await api.post(TestAPI.contacts, ["properties": ["sports": "golf;polo"]])
            let other = try await api.post(TestAPI.contacts, ["properties": ["sports": "golf;chess"]])

            #expect(try both.json.at("properties/sports")?.text == "golf;polo")
            #expect(other.status == 400)
            #expect(try other.json.at("errors/0/code")?.text == "INVALID_OPTION")
        }
    }

    @Test func `in Odoo's rows a time is the user's, unless the context says whose`() async throws {
        try await OdooHands.run { odoo in
            let model = try #require(
                try await odoo.json2("ir.model", "search", ["domain": [["model", "=", "res.partner"]]]).json.at("0"))
            _ = try await odoo.json2(
                "ir.model.fields", "create",
                [
                    "vals_list": [
                        [
                            "model_id": model, "name": "x_at", "field_description": "At", "ttype": "datetime",
                            "state": "manual",
                        ]
                    ]
                ])
            let zones: [(context: JSON, stored: String)] = [
                ([:], "2026-11-20 08:30:00"), (["tz": "UTC"], "2026-11-20 09:30:00"),
            ]
            for (context, stored) in zones {
                let rows: JSON = [["puente.a", "Ana", "2026-11-20 09:30:00"]]
                let loaded = try await odoo.json2(
                    "res.partner", "load", ["fields": ["id", "name", "x_at"], "data": rows, "context": context])
                let id = try #require(try loaded.json.at("ids/0"))
                let read = try await odoo.json2("res.partner", "read", ["ids": [id], "fields": ["x_at"]])
                #expect(try read.json.at("0/x_at")?.text == stored)
            }
        }
    }
}
