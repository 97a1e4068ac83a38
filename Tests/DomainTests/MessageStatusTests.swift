import Domain
import Testing

@Suite struct MessageStatusTests {
    /// What is shown after the news, in the order in which they came.
    private func shown(after news: [MessageStatus], from start: MessageStatus = .accepted) -> MessageStatus {
        news.reduce(start) { $0.advances(to: $1) ? $1 : $0 }
    }

    @Test func `whatever the order of the news, the furthest is shown`() {
        for news in permutations([MessageStatus.sent, .delivered, .read]) {
            #expect(shown(after: news) == .read)
        }
        for news in permutations([MessageStatus.sent, .delivered, .failed]) {
            #expect(shown(after: news) == .delivered)
        }
        for news in permutations([MessageStatus.sent, .failed]) {
            #expect(shown(after: news) == .failed)
        }
    }

    @Test func `no status advances to itself, and of two at most one advances to the other`() {
        for one in MessageStatus.allCases {
            #expect(!one.advances(to: one))
            for other in MessageStatus.allCases {
                #expect(!(one.advances(to: other) && other.advances(to: one)))
            }
        }
    }

    @Test func `evidence settles what was uncertain, refused or queued`() {
        for status in [MessageStatus.queued, .sending, .uncertain, .refused] {
            #expect(status.advances(to: .sent))
            #expect(status.advances(to: .failed))
        }
    }
}

func permutations<Element>(_ items: [Element]) -> [[Element]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
        var rest = items
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}
