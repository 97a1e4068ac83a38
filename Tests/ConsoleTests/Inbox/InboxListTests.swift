import Domain
import Store
import Testing

@testable import Console

@Suite struct `The list of conversations` {
    @Test func `shows who wrote, newest first, and how much is unread`() async throws {
        try await Shop.open { shop in
            try await shop.write("Hola", wamid: "w1")
            shop.clock.move(.minutes(1))
            try await shop.write("¿Tienen la talla 42?", wamid: "w2", from: Shop.carlos)

            let page = try await shop.get("/inbox")

            #expect(page.status == 200)
            let carlos = try #require(page.html.firstRange(of: "Carlos Mendoza")).lowerBound
            let lucia = try #require(page.html.firstRange(of: "Lucía Fernández")).lowerBound
            #expect(carlos < lucia)
            #expect(page.contains("¿Tienen la talla 42?"))
            #expect(page.contains("1 unread message"))
        }
    }

    @Test func `finds by name, number and view, and says so when nothing is found`() async throws {
        try await Shop.open { shop in
            let lucia = try await shop.write("Hola", wamid: "w1")
            try await shop.write("Hola", wamid: "w2", from: Shop.carlos)
            try await shop.give(lucia, to: .person(shop.staff))

            func names(_ query: String) async throws -> [String] {
                let page = try await shop.get("/fragments/conversations?\(query)")
                return ["Lucía", "Carlos"].filter { page.contains($0) }
            }
            #expect(try await names("q=fern%C3%A1ndez") == ["Lucía"])
            #expect(try await names("q=339876") == ["Carlos"])
            #expect(try await names("view=mine") == ["Lucía"])
            #expect(try await names("view=unassigned") == ["Carlos"])
            #expect(try await names("view=closed") == [])
            #expect(try await names("view=nonsense") == ["Lucía", "Carlos"])
            #expect(try await shop.get("/inbox?q=zzz").contains("Nothing found"))
        }
    }

    @Test func `leads to older conversations, and keeps that place when it is fetched again`() async throws {
        try await Shop.open { shop in
            for index in 0..<53 {
                shop.clock.move(.seconds(1))
                let person = Participant(waID: "52155100000\(10 + index)", profileName: "Customer \(10 + index)")
                try await shop.write("Hola", wamid: "w\(index)", from: person)
            }

            let first = try await shop.get("/inbox")
            #expect(first.contains("Customer 62") && !first.contains("Customer 12"))
            let link = try #require(first.html.firstRange(of: "/inbox?list-before="))
            let older = String(first.html[link.lowerBound...].prefix { $0 != "\"" })
            let second = try await shop.get(older)

            #expect(second.contains("Customer 12") && !second.contains("Customer 62"))
            let position = try #require(older.split(separator: "=").last)
            #expect(second.contains("/fragments/conversations?list-before=\(position)"))
        }
    }

    @Test func `shows a stranger's name and text as text`() async throws {
        try await Shop.open { shop in
            let hostile = Participant(waID: "5215599999999", profileName: "<script>alert(1)</script>\"'")
            let id = try await shop.write("<img src=x onerror=alert(2)> {{name}}", wamid: "w1", from: hostile)

            for path in ["/inbox", "/inbox/\(id)", "/inbox?q=%3Cscript%3E%22onload%3D"] {
                let page = try await shop.get(path)
                #expect(page.status == 200)
                #expect(!page.contains("<script>alert"))
                #expect(!page.contains("<img src=x"))
                #expect(!page.contains("\"onload="))
            }
            #expect(try await shop.get("/inbox/\(id)").contains("&lt;script&gt;alert(1)"))
        }
    }

    @Test func `is for people who are signed in, and of their own company only`() async throws {
        try await Shop.open { shop in
            let id = try await shop.write("Hola", wamid: "w1")
            let parts = ["", "/messages", "/header", "/composer", "/contact"]
            let fragments = parts.map {
                $0.isEmpty ? "/fragments/conversations" : "/fragments/conversations/\(id)\($0)"
            }

            for path in fragments {
                #expect(try await shop.getAsStranger(path).status == 401, "\(path)")
                #expect(try await shop.get(path).status == 200, "\(path)")
            }
            let page = try await shop.getAsStranger("/inbox/\(id)")
            #expect(page.status == 303)
            #expect(page.location?.hasPrefix("/sign-in") == true)

            let elsewhere = try await shop.sessionElsewhere()
            for path in fragments.dropFirst() + ["/inbox/\(id)"] {
                let answer = try await shop.get(path, session: elsewhere)
                #expect(answer.status == 404, "\(path)")
                #expect(!answer.contains("Lucía"))
            }
            #expect(try await !shop.get("/inbox", session: elsewhere).contains("Lucía"))
            #expect(try await shop.get("/inbox/nonsense").status == 404)
        }
    }
}
