import Domain
import Logging
import Store

/// Tells people when a lane's destination has been away for a while, and when it is back.
struct AwayNews {
    private let context: CourierContext
    private let grip: LaneGrip
    private let text: LocalizedText
    /// Nobody else's alarm stands when a lane is taken.
    private var isTold = false

    init(of text: LocalizedText, context: CourierContext, grip: LaneGrip) {
        self.text = text
        self.context = context
        self.grip = grip
    }

    /// To be called at each turn of the lane.
    mutating func tell(_ circuit: Circuit, now: ContinuousClock.Instant = .now) async {
        let since = circuit.awaySince(now)
        guard (since != nil) != isTold else { return }
        do {
            if let since {
                let moment = context.store.now() - (now - since)
                try await context.store.raiseAwayAlarm(text, since: moment, grip: grip)
            } else {
                try await context.store.clearAwayAlarm(grip)
            }
            isTold = since != nil
        } catch is LaneLost {
            // The turn hears of it as well, and ends; whoever has the lane now sees for itself.
        } catch {
            context.logger.warning(
                "whether a destination is away could not be written; trying again",
                metadata: ["lane": "\(grip.lane)", "error": "\(error)"])
        }
    }
}

extension LocalizedText {
    static func sendingIsAway(_ number: String) -> LocalizedText {
        LocalizedText(
            en: """
                WhatsApp cannot be reached for \(number), or answers with errors only. Messages to customers wait and are \
                sent when it is back.
                """,
            es: """
                No se puede alcanzar WhatsApp para \(number), o solo responde con errores. Los mensajes a clientes esperan \
                y se enviarán cuando vuelva.
                """)
    }

    static func filesAreAway(_ number: String) -> LocalizedText {
        LocalizedText(
            en: """
                Files that customers sent to \(number) cannot be fetched: WhatsApp cannot be reached, or answers with \
                errors only. They wait and are fetched when it is back.
                """,
            es: """
                No se pueden descargar los archivos que los clientes enviaron a \(number): no se puede alcanzar WhatsApp, o \
                solo responde con errores. Esperan y se descargarán cuando vuelva.
                """)
    }

    static func crmIsAway(_ name: String) -> LocalizedText {
        LocalizedText(
            en: """
                \(name) cannot be reached, or answers with errors only. What is to be recorded there waits and is delivered \
                when it is back.
                """,
            es: """
                No se puede alcanzar \(name), o solo responde con errores. Lo que debe registrarse allí espera y se \
                entregará cuando vuelva.
                """)
    }
}
