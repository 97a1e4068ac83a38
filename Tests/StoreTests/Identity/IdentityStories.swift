/// Sequences of events, each with the persons that it ends in.
enum IdentityStories {
    static let all = handles + portfolios + changes + strangers + requests + names + records + variants + merges + undos

    private static let handles = [
        Story("the same phone twice", [.wrote("a", "p1"), .wrote("b", "p1")], "p1: a b"),
        Story(
            "phone first, then both, then the user id alone",
            [.wrote("a", "p1"), .wrote("b", "p1 u1"), .wrote("c", "u1")], "p1 u1: a b c"),
        Story("user id first, then both", [.wrote("a", "u1"), .wrote("b", "p1 u1")], "p1 u1: a b"),
        Story(
            "two contacts turn out to be one: user id, phone, both",
            [.wrote("a", "u1"), .wrote("b", "p1"), .wrote("c", "p1 u1"), .wrote("d", "p1")], "p1 u1: a b c d"),
        Story(
            "two contacts turn out to be one: phone, user id, both",
            [.wrote("a", "p1"), .wrote("b", "u1"), .wrote("c", "p1 u1"), .wrote("d", "u1")], "p1 u1: a b c d"),
        Story(
            "three contacts turn out to be one",
            [.wrote("a", "p1"), .wrote("b", "u1"), .wrote("c", "t1"), .wrote("d", "p1 u1 t1")], "p1 t1 u1: a b c d"),
        Story(
            "parent id first", [.wrote("a", "t1"), .wrote("b", "u1 t1"), .wrote("c", "u1")], "t1 u1: a b c"),
        Story(
            "news of what the shop wrote names both",
            [.wrote("a", "u1"), .echo("s", to: "p1"), .read("s", by: "p1 u1"), .wrote("b", "p1")], "p1 u1: a b s"),
        Story(
            "the shop writes first, the customer answers with both",
            [.echo("s", to: "p1"), .wrote("a", "p1 u1")], "p1 u1: a s"),
        Story(
            "history is of whom the number is of", [.wrote("a", "p1 u1"), .history("h", "p1")], "p1 u1: a h"),
        Story(
            "a user id with another phone than before has both",
            [.wrote("a", "p1 u1"), .wrote("b", "p2 u1")], "p1 p2 u1: a b"),
        Story(
            "a user id comes with a phone that was another's: the phone moves, nobody is joined",
            [.wrote("x", "p2"), .wrote("a", "p1 u1"), .wrote("b", "p2 u1")], "-: x", "p1 p2 u1: a b"),
    ]

    private static let portfolios = [
        Story(
            "two portfolios, nothing in common", [.wrote("a", "u1"), .wroteSecond("b", "v1")], "u1: a", "v1: b"),
        Story(
            "two portfolios, the same phone",
            [.wrote("a", "p1 u1"), .wroteSecond("b", "p1 v1"), .wroteSecond("c", "v1")], "p1 u1 v1: a b c"),
        Story(
            "two portfolios, joined by the parent id",
            [.wrote("a", "u1 t1"), .wroteSecond("b", "v1 t1")], "t1 u1 v1: a b"),
        Story(
            "two portfolios, joined by the phone later",
            [.wrote("a", "u1"), .wroteSecond("b", "v1"), .wrote("c", "p1 u1"), .wroteSecond("d", "p1 v1")],
            "p1 u1 v1: a b c d"),
    ]

    private static let changes = [
        Story(
            "a number changes", [.wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .wrote("b", "p2")],
            "p2 u2: a b"),
        Story(
            "a user id changes", [.wrote("a", "u1"), .changed("u1", to: "u2"), .wrote("b", "u2")], "u2: a b"),
        Story(
            "a user id changes, the phone is known",
            [.wrote("a", "p1 u1"), .changed("u1", to: "u2"), .wrote("b", "p1 u2")], "p1 u2: a b"),
        Story(
            "who changed was not known by the former number, but by the new one",
            [.wrote("a", "p2 u2"), .changed("p1 u1", to: "p2 u2"), .wrote("b", "u2")], "p2 u2: a b"),
        Story(
            "nobody knew either number", [.changed("p1 u1", to: "p2 u2"), .wrote("a", "p2")], "p2 u2: a"),
        Story(
            "the first message from the new number comes before the news of the change",
            [.wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .changed("p1 u1", to: "p2 u2"), .wrote("c", "u2")],
            "p2 u2: a b c"),
        Story(
            "the same with phones alone",
            [.wrote("a", "p1"), .wrote("b", "p2"), .changed("p1", to: "p2"), .wrote("c", "p2")], "p2: a b c"),
        Story(
            "a message from before the change comes after it",
            [.wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .late("b", "p1 u1"), .wrote("c", "p2")],
            "p2 u2: a b c"),
        Story(
            "the same with the former phone alone",
            [.wrote("a", "p1"), .changed("p1", to: "p2"), .late("b", "p1")], "p2: a b"),
        Story(
            "two changes come in the wrong order",
            [
                .wrote("a", "p1 u1"), .changed("p2 u2", to: "p3 u3"), .lateChange("p1 u1", to: "p2 u2"),
                .wrote("b", "u3"),
            ],
            "p3 u3: a b"),
        Story(
            "news of an older message does not bring the former number back",
            [
                .echo("s", to: "p1"), .wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .read("s", by: "p2 u2"),
                .wrote("b", "p2"),
            ], "p2 u2: a b s"),
    ]

    private static let strangers = [
        Story(
            "a stranger gets the number that was given up",
            [
                .wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .days(60), .wrote("b", "p1 u9"),
                .wrote("c", "p2 u2"),
            ],
            "p1 u9: b", "p2 u2: a c"),
        Story(
            "a stranger gets it, known by the phone alone",
            [.wrote("a", "p1"), .changed("p1", to: "p2"), .days(60), .wrote("b", "p1")], "p1: b", "p2: a"),
        Story(
            "a stranger gets it, and nobody told of the change",
            [.wrote("a", "p1 u1"), .days(60), .wrote("b", "p1 u2"), .wrote("c", "u1")], "p1 u2: b", "u1: a c"),
        Story(
            "the new number was somebody's long before",
            [.wrote("x", "p2"), .days(60), .wrote("a", "p1"), .changed("p1", to: "p2"), .wrote("b", "p2")],
            "-: x", "p2: a b"),
        Story(
            "the new number was somebody's who has an id of their own",
            [.wrote("x", "p2 u9"), .wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .wrote("b", "p2 u2")],
            "p2 u2: a b", "u9: x"),
        Story(
            "news of a message names a stranger's id: nobody gets it",
            [.wrote("a", "p1 u1"), .echo("s", to: "p1"), .read("s", by: "p1 u9"), .wrote("b", "u9")],
            "p1 u1: a s", "u9: b"),
    ]

    private static let requests = [
        Story(
            "a number that was asked for", [.wrote("a", "u1"), .gave("g", "p1", by: "u1"), .wrote("b", "p1")],
            "p1 u1: a b g"),
        Story(
            "a number that was asked for is another contact's, who is nobody else",
            [.wrote("a", "p1"), .wrote("b", "u1"), .gave("g", "p1", by: "u1"), .wrote("c", "p1")], "p1 u1: a b c g"),
        Story(
            "a number that was asked for was another's, who has an id of their own",
            [.wrote("a", "p1 u9"), .wrote("b", "u1"), .gave("g", "p1", by: "u1"), .wrote("c", "u9")],
            "p1 u1: b g", "u9: a c"),
        Story(
            "a card that was shared by hand says nothing of its sender",
            [.wrote("a", "u1"), .wrote("b", "p1"), .shared("c", "p1", by: "u1")], "p1: b", "u1: a c"),
    ]

    private static let names = [
        Story(
            "a username that another person adopts joins nobody",
            [.wrote("a", "p1 u1 @ana"), .wrote("b", "p2 u2 @ana")], "p1 u1: a", "p2 u2: b"),
        Story(
            "a username that wanders joins nobody",
            [.wrote("a", "u1 @ana"), .wrote("b", "u1 @eva"), .wrote("c", "u2 @ana")], "u1: a b", "u2: c"),
        Story("a name joins nobody", [.wrote("a", "p1 ~Ana"), .wrote("b", "p2 ~Ana")], "p1: a", "p2: b"),
    ]

    private static let records = [
        Story("a CRM's record makes nobody", [.crm("r1", "p1")]),
        Story("a CRM tells a phone", [.wrote("a", "u1"), .crm("r1", "u1 p1")], "p1 u1: a"),
        Story(
            "the phone that a CRM told is proven",
            [.wrote("a", "u1"), .crm("r1", "u1 p1"), .wrote("b", "p1 u1")], "p1 u1: a b"),
        Story(
            "the phone that a CRM told is a stranger's",
            [.wrote("a", "u1"), .crm("r1", "u1 p1"), .wrote("b", "p1 u2")], "p1 u2: b", "u1: a"),
        Story(
            "a CRM tells an address, which joins nobody",
            [.wrote("a", "p1"), .wrote("b", "p2"), .crm("r1", "p1 e1"), .crm("r2", "p2 e1")], "e1 p1: a", "p2: b"),
        Story("imported, then writes", [.imported("p1"), .wrote("a", "p1 u1")], "p1 u1: a"),
        Story(
            "imported, writes with a user id alone, then with both",
            [.imported("p1"), .wrote("a", "u1"), .wrote("b", "p1 u1")], "p1 u1: a b"),
        Story(
            "imported with the new number, then the number changes to it",
            [.wrote("a", "p1 u1"), .imported("p2"), .days(3), .changed("p1 u1", to: "p2 u2")], "p2 u2: a"),
    ]

    private static let variants = [
        Story(
            "Brazil with and without the ninth digit",
            [.wrote("a", "551187654321"), .wrote("b", "5511987654321 u1"), .wrote("c", "551187654321")],
            "5511987654321 u1: a b c"),
        Story(
            "Mexico 52 and 521",
            [.imported("525512345678"), .wrote("a", "5215512345678"), .wrote("b", "525512345678")],
            "525512345678: a b"),
        Story(
            "Argentina 54, 549 and 15",
            [.wrote("a", "541123456789"), .wrote("b", "5491123456789"), .wrote("c", "54111523456789")],
            "5491123456789: a b c"),
        Story(
            "a change between two writings of one number changes nobody",
            [.wrote("a", "5215512345678"), .changed("5215512345678", to: "525512345678"), .wrote("b", "525512345678")],
            "525512345678: a b"),
    ]

    private static let merges = [
        Story(
            "merged by hand: both phones are theirs",
            [.wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .wrote("c", "p2"), .wrote("d", "p1")],
            "p1 p2: a b c d"),
        Story(
            "merged, then one of the numbers changes: the other stays",
            [
                .wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .merged("p2", into: "p1"), .changed("p2 u2", to: "p3 u3"),
                .wrote("c", "p3"), .wrote("d", "p1"),
            ], "p1 p3 u1 u3: a b c d"),
        Story(
            "a number changes, then merged",
            [.wrote("a", "p1 u1"), .changed("p1 u1", to: "p2 u2"), .wrote("b", "p3"), .merged("p3", into: "p2")],
            "p2 p3 u2: a b"),
        Story(
            "merged by hand, then WhatsApp says that both accounts are one",
            [
                .wrote("a", "p1"), .wrote("b", "u1"), .merged("u1", into: "p1"), .wrote("c", "p1 u1"),
                .wrote("d", "p1 u1"),
            ], "p1 u1: a b c d"),
        Story(
            "three merged one after the other",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .wrote("c", "p3"), .merged("p2", into: "p1"),
                .merged("p1", into: "p3"), .wrote("d", "p2"),
            ], "p1 p2 p3: a b c d"),
        Story(
            "merged, then a stranger gets one of the numbers",
            [
                .wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .merged("p2", into: "p1"), .days(60), .wrote("c", "p2 u9"),
                .wrote("d", "u2"),
            ], "p1 u1 u2: a b d", "p2 u9: c"),
        Story(
            "WhatsApp's word joins somebody who was merged by hand",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .wrote("c", "u2"),
                .wrote("d", "p2 u2"), .wrote("e", "p1"),
            ], "p1 p2 u2: a b c d e"),
    ]

    private static let undos = [
        Story(
            "undone", [.wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .undone], "p1: a", "p2: b"),
        Story(
            "undone after both have written again",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .wrote("c", "p2"), .wrote("d", "p1"),
                .undone, .wrote("e", "p2"),
            ], "p1: a d", "p2: b c e"),
        Story(
            "undone after the loser's number changed",
            [
                .wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .merged("p2", into: "p1"), .changed("p2 u2", to: "p3 u3"),
                .wrote("c", "p3"), .undone,
            ], "p1 u1: a", "p3 u3: b c"),
        Story(
            "undone after the winner's number changed",
            [
                .wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .merged("p2", into: "p1"), .changed("p1 u1", to: "p3 u3"),
                .wrote("c", "p3"), .undone,
            ], "p2 u2: b", "p3 u3: a c"),
        Story(
            "undone after the loser's account got a user id",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .wrote("c", "p2 u2"), .undone,
                .wrote("d", "u2"),
            ], "p1: a", "p2 u2: b c d"),
        Story(
            "undone after somebody wrote to a second number",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .wroteSecond("c", "p2 v2"),
                .wroteSecond("d", "p1 v1"), .undone,
            ], "p1 v1: a d", "p2 v2: b c"),
        Story(
            "two merges are undone in the other order, and not before",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .wrote("c", "p3"), .merged("p2", into: "p1"),
                .merged("p1", into: "p3"), .wrote("d", "p2"), .undoRefused, .undone, .undone,
            ], "p1: a", "p2: b d", "p3: c"),
        Story(
            "the first of two merges into one person waits for the second",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .wrote("c", "p3"), .merged("p2", into: "p1"),
                .merged("p3", into: "p1"), .undoRefused, .undone,
            ], "p1 p2: a b", "p3: c"),
        Story(
            "the second of two merges into one person is undone after its account wrote",
            [
                .wrote("c", "p3"), .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"),
                .merged("p3", into: "p1"), .wrote("d", "p1"), .wrote("e", "p3"), .undone,
            ], "p1 p2: a b d", "p3: c e"),
        Story(
            "what WhatsApp joined and a person separated stays separated: the phone is whose user id came with it",
            [
                .wrote("a", "p1"), .wrote("b", "u1"), .wrote("c", "p1 u1"), .undone, .wrote("d", "p1 u1"),
                .wrote("e", "p1"),
            ], "-: a", "p1 u1: b c d e"),
        Story(
            "undone, then a stranger gets the number",
            [
                .wrote("a", "p1 u1"), .wrote("b", "p2 u2"), .merged("p2", into: "p1"), .days(60), .wrote("c", "p2 u9"),
                .undone,
            ], "p1 u1: a", "p2 u9: c", "u2: b"),
        Story(
            "merged again after an undo",
            [
                .wrote("a", "p1"), .wrote("b", "p2"), .merged("p2", into: "p1"), .undone, .merged("p1", into: "p2"),
                .wrote("c", "p1"),
            ], "p1 p2: a b c"),
    ]
}
