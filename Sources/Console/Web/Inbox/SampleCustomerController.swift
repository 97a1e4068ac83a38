import Domain
import Hummingbird

/// Beside a sandbox an empty inbox need not stay empty: a button lets a customer write.
struct SampleCustomerController: Sendable {
    func add(to routes: ConsoleRoutes) {
        routes.post("/demo/messages") { _, visit in
            guard let letWrite = visit.parts.sampleCustomer else { throw PuenteError.noSuchPage }
            try await letWrite()
            return visit.redirect("/inbox")
        }
    }
}
