import Console
import Domain

/// Every page and state that the tests render and a person looks at, by name.
func renderAll(_ write: (_ name: String, _ html: String) throws -> Void) throws {
    for language in Language.allCases {
        let world = try SampleWorld(language)
        for (name, html) in samplePages(world) { try write("\(name).\(language.rawValue)", html) }
    }
}

func samplePages(_ world: SampleWorld) -> [(String, String)] {
    inboxPages(world) + doorPages(world)
}

private func inboxPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(.inbox)
    let render = { (page: InboxPage) in world.render(page, layout) }
    let list = InboxPage(pane: .list, list: InboxSamples.list(world), conversation: nil, in: world.context)
    return [
        ("inbox", render(list)),
        ("thread", render(ThreadSamples.page(world, messages: ThreadSamples.everyday))),
        ("thread-every-kind", render(ThreadSamples.page(world))),
        ("contact", render(ThreadSamples.page(world, pane: .contact))),
    ]
}

private func doorPages(_ world: SampleWorld) -> [(String, String)] {
    let layout = world.layout(nil, isSignedIn: false)
    let demo = SignInPage.Demo(email: "ana@ejemplo.mx", password: "puente-demo")
    return [
        ("sign-in", world.render(SignInPage(demo: demo, in: world.context), layout)),
        (
            "sign-in-wrong",
            world.render(SignInPage(email: "ana@ejemplo.mx", problem: .wrongCredentials, in: world.context), layout)
        ),
        (
            "error",
            world.render(
                ErrorPage.unexpected(reference: "0G3ZK4T8QW1AB", in: world.context), world.layout(.inbox))
        ),
    ]
}
