import CRM
import Domain
import OutboundHTTP
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct CRMCourierTests {
    @Test func `a CRM that answers 503 for longer than all attempts take makes no dead letter`() async throws {
        var script = ScriptedConnector.Script()
        script.ping = .crm503
        script.record = { _ in .failure(.crm503) }
        try await CRMRig.with(script, customers: 3) { rig in
            try await rig.working {
                try await rig.until { rig.connector.history.filter { $0 == "ping" }.count == 2 }
                #expect(rig.connector.history.filter { $0.hasPrefix("record") }.count <= 4)
                try await rig.customer(3)
                rig.connector.change { $0 = .init() }
                try await rig.untilRecorded(4)
            }
            #expect(try await rig.count("job WHERE state = 'discarded'") == 0)
            #expect(try await rig.count("job WHERE attempt > 2") == 0)
        }
    }

    @Test func `where the first sweep begins is kept before the CRM is asked for changes`() async throws {
        var script = ScriptedConnector.Script()
        script.capabilities = .withChanges
        script.changes = { _ in .failure(.crm503) }
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until { rig.connector.history.contains { $0.hasPrefix("changes ") } }
            }
            let kept = try await rig.world.store.database.read {
                try $0.value("SELECT cursor FROM connection", [:], as: String.self)
            }
            let asked = rig.connector.history.first { $0.hasPrefix("changes ") }
            #expect(asked == "changes \(kept ?? "none")")
        }
    }

    /// A name that leads elsewhere while the CRM is away: not even the circuit connects there.
    @Test func `the circuit connects only where the connector lets it`() async throws {
        var script = ScriptedConnector.Script()
        script.connection = .unreachable("not here")
        script.record = { _ in .failure(.away) }
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until { rig.connector.history.contains("connect") }
                #expect(rig.connector.history.filter { $0.hasPrefix("record") }.count == 1)
                rig.connector.change { $0 = .init() }
                try await rig.untilRecorded(1)
            }
        }
    }

    @Test func `where people see the CRM's records is asked when the lane is taken up`() async throws {
        var script = ScriptedConnector.Script()
        script.pages = RemotePages(account: "https://crm.example.com/7", contact: "https://crm.example.com/7/people/")
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until {
                    try await rig.count("connection WHERE contact_page = 'https://crm.example.com/7/people/'") == 1
                }
            }
        }
    }

    @Test func `a CRM that is away when the lane is taken up opens the circuit, and is prepared when it is back`()
        async throws
    {
        var script = ScriptedConnector.Script()
        script.ping = .crm503
        script.prepare = .crm503
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until { rig.connector.history.contains("ping") }
                #expect(rig.connector.history.allSatisfy { ["connect", "ping", "prepare"].contains($0) })
                #expect(try await rig.count("job WHERE attempt > 0") == 0)
                rig.connector.change { $0 = .init() }
                try await rig.untilRecorded(1)
            }
        }
    }

    @Test func `what a person paused is not prepared`() async throws {
        try await CRMRig.with { rig in
            let byPerson = CallFailure(
                kind: .accountWide, code: Pause.byPerson, scope: .connection, vendorText: "",
                advice: LocalizedText(en: "Paused.", es: "En pausa."))
            let key = "\(rig.account.id)"
            try await rig.world.store.pause(
                .connection, key: key, in: rig.world.workspace, failure: byPerson, until: nil)
            try await rig.working {
                try await Task.sleep(for: .seconds(1))
                #expect(rig.connector.history == [])
                try await rig.world.store.resume(.connection, key: key, in: rig.world.workspace)
                try await rig.untilRecorded(1)
            }
            #expect(rig.connector.history.first == "prepare")
        }
    }

    @Test func `what was impossible is tried again with the job that tries the pause`() {
        let preparation = CRMPreparation()
        #expect(!preparation.letsJobsPass)
        #expect(preparation.isDue(isTrial: false))
        preparation.note(.crm503)
        #expect(!preparation.letsJobsPass)
        #expect(!preparation.isDue(isTrial: true))
        preparation.note(.refusal)
        #expect(preparation.letsJobsPass)
        let later = ContinuousClock.now + .seconds(31)
        #expect(!preparation.isDue(isTrial: false, now: later))
        #expect(!preparation.isDue(isTrial: true))
        #expect(preparation.isDue(isTrial: true, now: later))
        preparation.note(nil)
        #expect(preparation.letsJobsPass)
        #expect(!preparation.isDue(isTrial: true))
    }

    /// Nothing is due, so nothing tries the pause: the CRM is left alone all the same.
    @Test func `a dead token is not tried again and again while there is nothing to do`() async throws {
        var script = ScriptedConnector.Script()
        script.prepare = .revoked
        script.upsert = { _ in .failure(.revoked) }
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until { try await rig.count("pause") == 1 }
                try await Task.sleep(for: .seconds(2))
            }
            #expect(rig.connector.history.count { $0 == "prepare" } == 1)
        }
    }

    @Test func `a preparation that only a person can make possible lets the first job show it`() async throws {
        var script = ScriptedConnector.Script()
        script.prepare = .revoked
        script.upsert = { _ in .failure(.revoked) }
        try await CRMRig.with(script) { rig in
            try await rig.working { try await rig.until { try await rig.count("pause") == 1 } }
            #expect(rig.connector.history.first == "prepare")
            rig.connector.change { $0 = .init() }
            try await rig.working { try await rig.untilRecorded(1) }
            #expect(try await rig.count("pause") == 0)
        }
    }

    @Test func `one item that makes its call fail becomes a dead letter, and its neighbours get through`() async throws
    {
        var script = ScriptedConnector.Script()
        let bad = Mutex<String?>(nil)
        script.record = { activities in
            let isBad = bad.withLock { bad in
                bad = bad ?? activities.first?.puenteID
                return activities.contains { $0.puenteID == bad }
            }
            return isBad ? .failure(.crm503) : .success(activities.map { .done(remoteID: "a-\($0.puenteID)") })
        }
        try await CRMRig.with(script, customers: 4) { rig in
            try await rig.working {
                try await rig.untilRecorded(3)
                try await rig.until { try await rig.count("job WHERE state = 'discarded'") == 1 }
            }
            #expect(try await rig.count("job WHERE state = 'discarded' AND attempt = 3") == 1)
        }
    }

    @Test func `a deleted contact is found or made anew, and gets the message`() async throws {
        var script = ScriptedConnector.Script()
        script.contacts = ["7"]
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.untilRecorded(1)
                rig.connector.change { script in
                    script.contacts = []
                    script.record = { activities in
                        let isGone = activities.contains { $0.contact.remoteID == "7" }
                        // A refusal like any other: only a look at the contact tells why.
                        return .success(
                            activities.map { isGone ? .failed(.refusal) : .done(remoteID: "a-\($0.puenteID)") })
                    }
                }
                try await rig.customer(0)
                try await rig.untilRecorded(2)
            }
            #expect(try await rig.count("remote_ref WHERE remote_id = 'new'") == 1)
            #expect(try await rig.count("job WHERE state = 'discarded'") == 0)
            // Another job made the record anew: nobody takes it for a repetition of the first.
            #expect(Set(rig.connector.occasions).count >= 2)
        }
    }

    @Test func `a contact is looked for by every phone it has`() async throws {
        try await CRMRig.with { rig in
            let (workspace, now) = (rig.world.workspace, rig.world.store.now())
            try await rig.world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
                    SELECT h.id + 1, :workspace_id, h.contact_id, 'phone', '', '34600111222', '34600111222', :now,
                        'webhook'
                    FROM handle h
                    """, ["workspace_id": workspace, "now": now])
            }
            try await rig.working { try await rig.untilRecorded(1) }
            #expect(rig.connector.lookups.first?.phones == ["34600111222", "5215512345610"])
        }
    }

    @Test func `another name on WhatsApp reaches the record in the CRM`() async throws {
        let names = Mutex<[String?]>([])
        var script = ScriptedConnector.Script()
        script.contacts = ["7"]
        script.upsert = { contacts in
            names.withLock { $0 += contacts.map(\.profileName) }
            return .success(contacts.map { .done(remoteID: $0.remoteID ?? "new") })
        }
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.untilRecorded(1)
                try await rig.customer(0, name: "Lucía F.")
                try await rig.until {
                    try await rig.count("job WHERE kind = 'crm.contact' AND state = 'completed'") == 1
                }
                try await rig.untilRecorded(2)
            }
            #expect(names.withLock { $0 } == ["Lucía", "Lucía F."])
            #expect(try await rig.count("remote_ref WHERE remote_id = '7'") == 1)
        }
    }

    @Test func `a CRM that is away costs a changed contact no attempt, and one that people deleted is let go`()
        async throws
    {
        var script = ScriptedConnector.Script()
        script.contacts = ["7"]
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.untilRecorded(1)
                rig.connector.change { script in
                    script.ping = .crm503
                    script.upsert = { _ in .failure(.crm503) }
                }
                try await rig.customer(0, name: "Lucía F.")
                try await rig.until { rig.connector.history.contains("ping") }
                #expect(try await rig.count("job WHERE kind = 'crm.contact' AND state <> 'completed'") == 1)
                rig.connector.change { script in
                    script.ping = nil
                    script.upsert = { contacts in .success(contacts.map { _ in .failed(.gone) }) }
                }
                try await rig.until {
                    try await rig.count("job WHERE kind = 'crm.contact' AND state = 'completed'") == 1
                }
            }
            #expect(try await rig.count("remote_ref") == 0)
            #expect(try await rig.count("job WHERE state = 'discarded'") == 0)
        }
    }

    @Test func `what is refused for a reason of its own stays a dead letter`() async throws {
        var script = ScriptedConnector.Script()
        script.contacts = ["7"]
        script.record = { activities in .success(activities.map { _ in .failed(.refusal) }) }
        try await CRMRig.with(script) { rig in
            try await rig.working {
                try await rig.until { try await rig.count("job WHERE state = 'discarded'") == 1 }
            }
            #expect(try await rig.count("remote_ref WHERE remote_id = '7'") == 1)
            #expect(try await rig.count("activity WHERE state = 'dead'") == 1)
        }
    }

    @Test func `an answer with too few outcomes says nothing of the rest: it is looked for, then written`() async throws
    {
        var script = ScriptedConnector.Script()
        script.record = { activities in .success(activities.prefix(1).map { .done(remoteID: "a-\($0.puenteID)") }) }
        try await CRMRig.with(script, customers: 3) { rig in
            try await rig.working { try await rig.untilRecorded(3) }
            #expect(rig.connector.history.contains { $0.hasPrefix("look") })
        }
    }

    @Test func `put-backs say nothing of the CRM: a pause that only a person can end stands`() async throws {
        try await CRMRig.with(customers: 1) { rig in
            let revoked = CallFailure(
                kind: .accountWide, code: "401", scope: .credential, vendorText: "",
                advice: LocalizedText(en: "Mend it.", es: "Corríjalo."))
            try await rig.world.store.pause(
                .credential, key: "\(rig.account.id)", in: rig.world.workspace, failure: revoked, until: nil)
            // The trial gets as far as the database, and no further.
            try await rig.world.store.database.write { connection in
                try connection.execute(
                    "CREATE TRIGGER refuse BEFORE INSERT ON remote_ref BEGIN SELECT RAISE(ABORT, 'not now'); END")
            }
            try await rig.working {
                try await rig.until { rig.connector.history.contains("upsert 1") }
                try await Task.sleep(for: .seconds(1))
            }
            #expect(try await rig.count("pause") == 1)
        }
    }
}
