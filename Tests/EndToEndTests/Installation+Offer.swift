import Domain
import Foundation
import Pipeline
import Store

@testable import puente

extension Installation {
    /// The gate's word on a promotion; nil when it was taken on.
    func offer(to phone: String) async throws -> String? {
        let content = TemplateContent(
            name: "oferta_temporada", language: "es",
            header: [.init(value: .media(MediaContent(kind: .image, link: "https://ejemplo.example/a.png")))],
            body: [.init(value: .text("Ana")), .init(value: .text("20 %"))])
        do {
            _ = try await server.parts.accept(
                MessageCommand(
                    workspace: workspace, target: .address(.phone(phone), from: nil), content: .template(content),
                    author: .api(key: "test")))
            return nil
        } catch let error as PuenteError {
            return error.detail
        }
    }

    /// Meta's approved templates are known.
    func untilOffersAreKnown() async throws {
        try await until("the templates are here") {
            try await count("SELECT COUNT(*) FROM template WHERE name = 'oferta_temporada'") == 2
        }
    }
}
