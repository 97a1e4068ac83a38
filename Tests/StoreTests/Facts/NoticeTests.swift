import Domain
import Testing

@testable import Store

/// What Meta says about accounts, numbers and templates.
@Suite struct NoticeTests {
    private func notice(_ event: String, _ world: ConsoleWorld) -> Update.Fact {
        .notice(AccountNotice(event: event, subject: nil, at: world.clock.now, detail: "{}"))
    }

    private func standing(_ standing: AccountStanding, at moment: Timestamp) -> Update.Fact {
        .notice(
            AccountNotice(event: "\(standing)", subject: nil, at: moment, detail: "{}", standing: standing))
    }

    private func alarms(_ world: ConsoleWorld) async throws -> [AlarmSummary] {
        try await world.store.navigation(in: world.workspace).alarms
    }

    @Test(arguments: TestDatabase.available)
    func `what Meta does to an account raises an alarm, which its reinstatement ends`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            let at = world.clock.now
            for (minute, next) in [AccountStanding.violation, .restricted, .willBeDisabled, .disabled].enumerated() {
                try await world.receive([standing(next, at: at + .minutes(minute))], field: "account_update")
                #expect(try await alarms(world).map(\.raisedAt) == [at + .minutes(minute)])
            }
            let alarm = try #require(try await alarms(world).first)
            #expect(alarm.kind == "account_restricted")
            #expect(alarm.text.en.hasPrefix("Meta disabled the WhatsApp account \(ConsoleWorld.wabaID)"))
            // Who has seen to a violation has not seen to this.
            try await world.receive([standing(.violation, at: at + .minutes(8))], field: "account_update")
            #expect(try await alarms(world) == [alarm])

            try await world.receive([standing(.reinstated, at: at + .minutes(9))], field: "account_update")
            #expect(try await alarms(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news of an account that come late change nothing any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let at = world.clock.now
            try await world.receive([standing(.reinstated, at: at)], field: "account_update")
            try await world.receive([standing(.disabled, at: at - .days(1))], field: "account_update")
            #expect(try await alarms(world) == [])

            try await world.receive([standing(.restricted, at: at + .minutes(1))], field: "account_update")
            #expect(try await alarms(world).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a person ends the alarm of an account, and no other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([standing(.violation, at: world.clock.now)], field: "account_update")
            try await world.store.raiseAlarm("paused", subject: "x", text: .same("x"), in: world.workspace)
            for alarm in try await alarms(world) {
                let isOver = try await world.store.dismissAccountAlarm(alarm.id, in: world.workspace)
                #expect(isOver == (alarm.kind == AccountAlarm.kind))
            }
            #expect(try await alarms(world).map(\.kind) == ["paused"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an operator sees the newest first, and none that speak of single customers`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for (event, field) in [
                ("first", "account_update"), ("contact", "smb_app_state_sync"), ("second", "account_alerts"),
            ] {
                let report = try await world.receive([notice(event, world)], field: field)
                #expect(report.noticed == (field == "smb_app_state_sync" ? [] : [world.workspace]))
                world.clock.advance(by: .seconds(1))
            }

            let shown = try await world.store.connectionsOverview(in: world.workspace).notices

            #expect(shown.map(\.event) == ["second", "first"])
            #expect(shown.map(\.field) == ["account_alerts", "account_update"])
        }
    }
}
