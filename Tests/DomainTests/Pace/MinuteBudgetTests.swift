import Domain
import Testing

@Suite struct MinuteBudgetTests {
    private let start = Timestamp(seconds: 1_795_000_000)

    @Test func `no 60 seconds have more than the limit`() {
        var budget = MinuteBudget(limit: 300)
        budget.spend(200, at: start)
        budget.spend(100, at: start + .seconds(30))

        #expect(budget.left(at: start + .seconds(59)) == 0)
        #expect(budget.left(at: start + .seconds(60)) == 200)
        #expect(budget.left(at: start + .seconds(90)) == 300)
    }

    @Test func `what was spent too much is not less than nothing`() {
        var budget = MinuteBudget(limit: 10)
        budget.spend(15, at: start)
        #expect(budget.left(at: start) == 0)
    }

    @Test func `what is under way counts, and 60 seconds from its end on`() {
        var budget = MinuteBudget(limit: 300)
        budget.begin(200)
        #expect(budget.left(at: start + .minutes(5)) == 100)
        budget.end(200, at: start + .minutes(5))
        #expect(budget.left(at: start + .minutes(5) + .seconds(59)) == 100)
        #expect(budget.left(at: start + .minutes(6)) == 300)
    }

    @Test func `nothing is kept of what is over`() {
        var (first, second) = (MinuteBudget(limit: 10), MinuteBudget(limit: 10))
        for minute in 0..<5 { first.spend(1, at: start + .minutes(minute)) }
        second.spend(1, at: start + .minutes(4))
        #expect(first == second)
    }
}
