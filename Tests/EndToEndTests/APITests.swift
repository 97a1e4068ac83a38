import Domain
import Foundation
import Pipeline
import Store
import Testing

@testable import puente

@Suite struct `The served API` {
    @Test func `sends a message that the customer gets, and tells its way`() async throws {
        try await Installation.run { puente in
            let key = ["Authorization": "Bearer pk_demo"]
            try await puente.customer("5215550001111", writes: "¿Tienen en azul?")
            try await puente.until("the customer is known") {
                try await puente.count("SELECT COUNT(*) AS n FROM contact") == 1
            }

            let body = #"{"to": {"phone": "+52 1 555 000 1111"}, "content": {"type": "text", "body": "Sí, hay."}}"#
            let headers = key.merging(["Idempotency-Key": "k1"]) { $1 }
            let sent = try await puente.call("POST", "\(puente.url)/api/v1/messages", body: body, headers: headers)
            let again = try await puente.call("POST", "\(puente.url)/api/v1/messages", body: body, headers: headers)

            #expect(sent.status == 202, "\(sent.body)")
            #expect(again.body == sent.body)
            let id = try sent.json(Accepted.self).id
            try await puente.until("it is delivered") {
                let shown = try await puente.call("GET", "\(puente.url)/api/v1/messages/\(id)", headers: key)
                return shown.body.contains("\"delivered\"")
            }
            #expect(try await puente.count("SELECT COUNT(*) AS n FROM message WHERE is_inbound = 0") == 1)
        }
    }

    private struct Accepted: Decodable {
        let id: String
    }

    @Test func `shows its figures on this machine, and elsewhere for a key`() async throws {
        try await Installation.run { puente in
            let metrics = "\(puente.url)/metrics"

            let here = try await puente.call("GET", metrics)
            let passedOn = try await puente.call("GET", metrics, headers: ["X-Forwarded-For": "203.0.113.9"])
            let withKey = try await puente.call(
                "GET", metrics, headers: ["X-Forwarded-For": "203.0.113.9", "Authorization": "Bearer pk_demo"])

            #expect(here.status == 200)
            #expect(here.body.contains("\npuente_ready 1\n"))
            #expect(here.body.contains("\n# TYPE puente_records gauge\n"))
            #expect(here.body.contains("\npuente_ledger{kind=\"bodies\",state=\"received\"} 0\n"))
            #expect(passedOn.status == 401)
            #expect(withKey.status == 200)
        }
    }

    @Test func `is not ready while no webhook can be stored, and finds out by itself when one can be`() async throws {
        try await Installation.run { puente in
            let ready = { try await puente.call("GET", "\(puente.url)/health/ready") }
            let tables = ["intake", "installation"]
            try await puente.store.database.write { connection in
                for table in tables {
                    try connection.execute(
                        """
                        CREATE TRIGGER refuse_\(table) BEFORE INSERT ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'refused'); END
                        """)
                }
            }
            #expect(try await puente.post(Array("{}".utf8)) == 503)

            let refusing = try await ready()
            #expect(refusing.status == 503)
            #expect(refusing.body.hasPrefix("not ready\nintake_fails: What arrives cannot be stored"))

            try await puente.store.database.write { connection in
                for table in tables { try connection.execute("DROP TRIGGER refuse_\(table)") }
            }
            try await puente.until("it is ready again") { try await ready().status == 200 }
            #expect(try await puente.post(Array("{}".utf8)) == 200)
        }
    }

    @Test func `is ready, and says why when it is not`() async throws {
        try await Installation.run { puente in
            let ready = try await puente.call("GET", "\(puente.url)/health/ready")
            #expect(ready.status == 200 && ready.body == "ready\n")

            puente.server.parts.intake.log.close()

            let refusing = try await puente.call("GET", "\(puente.url)/health/ready")
            #expect(refusing.status == 503)
            #expect(refusing.body.hasPrefix("not ready\nintake_refuses: Intake refuses webhooks"))
            let json = try await puente.call(
                "GET", "\(puente.url)/health/ready", headers: ["Accept": "application/json"])
            #expect(json.body.contains("\"code\":\"intake_refuses\""))
            #expect(try await puente.call("GET", "\(puente.url)/health/live").status == 200)
        }
    }
}
