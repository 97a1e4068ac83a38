package import Domain
package import Hummingbird

/// The console: pages for people, served from the values in `Pages/`.
///
/// How a controller looks. One struct per page with the parts it needs, and an `add` that names its routes:
///
///     struct LedgerController {
///         func add(to routes: ConsoleRoutes) {
///             routes.get("/ledger") { visit in try await visit.answer(page(visit), at: .ledger) }
///             routes.get("/fragments/ledger") { visit in try await visit.answer(figures(visit)) }
///             routes.post("/things/{id}/retries") { form, visit in
///                 let id: JobID = try visit.id()
///                 …
///                 return visit.redirect("/things", telling: .init(.retried, count: 1))
///             }
///         }
///     }
///
/// `ConsoleRoutes` has then made sure of this: somebody is signed in (else the sign-in page, or 401 for a fragment), the
/// form was read within its limits and carries the session's token (else 403), and whatever is thrown becomes a page: a
/// ``PuenteError`` with its own sentence and status, anything else "something went wrong" with a reference to the log.
/// The controller reads from the store with `visit.workspace`, builds the page's value with `visit.page`, and answers:
///
/// - a page with ``Visit/answer(_:at:status:path:)``, a fragment with ``Visit/answer(_:status:)``;
/// - a command with 303 (``Visit/redirect(_:telling:)``), so that a reload repeats nothing;
/// - a mistake of the person with the same page, still filled in, and the status 422.
///
/// After a command call ``ConsoleParts/publish(_:)`` (wakes the lanes, tells open pages). Every page works without
/// scripts; a fragment is a part of a page under an address of its own that a script fetches when an event says so.
package struct ConsoleSite: Sendable {
    private let parts: ConsoleParts

    package init(_ parts: ConsoleParts) {
        self.parts = parts
    }

    /// Adds the console's routes. Addresses that nobody has are answered as pages, except below `/api`, `/webhooks` and
    /// `/health`.
    package func add(to router: Router<ServerContext>) {
        router.add(middleware: ConsoleErrors(parts: parts))
        AssetRoutes(assets: parts.assets).add(to: router)
        let routes = ConsoleRoutes(router: router, parts: parts)
        SignInController(parts: parts).add(to: routes)
        PreferencesController(parts: parts).add(to: routes)
        LayoutController().add(to: routes)
        MediaController(media: parts.media).add(to: routes)
        EventController(hub: parts.events).add(to: routes)
        LedgerController().add(to: routes)
        DeadLettersController().add(to: routes)
        UnroutedController().add(to: routes)
        let checks = CheckBoard()
        ConnectionsController(checks: checks).add(to: routes)
        ConnectionWizardController().add(to: routes)
        ConnectionCredentialsController().add(to: routes)
        MappingController().add(to: routes)
        MappingRowController().add(to: routes)
        MappingTrialController().add(to: routes)
        MappingFileController().add(to: routes)
        ConnectionController(checks: checks).add(to: routes)
        SyncChangesController().add(to: routes)
        PutBackController().add(to: routes)
        SyncConflictsController().add(to: routes)
        BackfillController().add(to: routes)
        WebhooksController(hooks: parts.hooks).add(to: routes)
        APIKeysController().add(to: routes)
        AccountController().add(to: routes)
        StaffController().add(to: routes)
        DuplicatesController().add(to: routes)
        MergeController().add(to: routes)
        PersonDataController().add(to: routes)
        AuditController().add(to: routes)
        RetentionController().add(to: routes)
        ImportsController().add(to: routes)
        ContactExportController().add(to: routes)
        ContactConsentController().add(to: routes)
        ConsentSettingsController().add(to: routes)
        InboxController().add(to: routes)
        OwnershipController().add(to: routes)
        SendController().add(to: routes)
        SampleCustomerController().add(to: routes)
        ContactsController().add(to: routes)
        NewContactController().add(to: routes)
        ContactController().add(to: routes)
        ContactWritingController().add(to: routes)
        ContactHistoryController().add(to: routes)
        ChangesController().add(to: routes)
        SegmentsController().add(to: routes)
        LabelsController().add(to: routes)
        LabelRulesController().add(to: routes)
        FieldsController().add(to: routes)
        BulkController().add(to: routes)
        ContactDetailsController().add(to: routes)
        routes.get("/") { visit in visit.redirect("/inbox") }
        routes.leadBack()
    }
}
