// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// What each target may import is checked by Scripts/check-imports; docs/architecture.md says why.
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")

let package = Package(
    name: "puente",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "puente", targets: ["puente"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .target(name: "Domain", dependencies: [log, collections], swiftSettings: settings),

        .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
        .target(name: "PhoneNumbers", dependencies: ["Domain", "CPhoneNumber"], swiftSettings: settings),

        .systemLibrary(
            name: "CExpat", path: "Sources/CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "ContactFiles", dependencies: ["Domain", "CExpat", "CZlib"], swiftSettings: settings),

        .systemLibrary(
            name: "CSodium", path: "Sources/CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "Secrets", dependencies: ["Domain", "CSodium", crypto, log], swiftSettings: settings),

        .target(
            name: "OutboundHTTP",
            dependencies: [
                "Domain", httpClient, nioCore, log, metrics, .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: settings),
        .target(
            name: "WhatsApp", dependencies: ["Domain", "OutboundHTTP", crypto, nioCore, log], swiftSettings: settings),
        .target(
            name: "CRM", dependencies: ["Domain", "OutboundHTTP", "PhoneNumbers", crypto, jwt, nioCore, log],
            swiftSettings: settings),

        .systemLibrary(
            name: "CPostgres", path: "Sources/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Store",
            dependencies: [
                "Domain", "Secrets", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), log, metrics, collections,
                crypto,
            ], swiftSettings: settings),

        .target(
            name: "Pipeline",
            dependencies: [
                "Domain", "PhoneNumbers", "ContactFiles", "Store", "WhatsApp", "CRM", "OutboundHTTP", crypto,
                lifecycle, log, metrics, nioCore, collections,
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
            ], swiftSettings: settings),

        .target(
            name: "Console",
            dependencies: [
                "Domain", "Pipeline", "Store", "Secrets", "PhoneNumbers", "ContactFiles", hummingbird,
                .product(name: "Mustache", package: "swift-mustache"), log, metrics, nioCore, lifecycle,
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),

        .target(
            name: "Sandbox",
            dependencies: ["Domain", hummingbird, httpClient, crypto, jwt, nioCore, lifecycle, log],
            swiftSettings: settings),

        .target(
            name: "Proving",
            dependencies: [
                "Domain", "Pipeline", "Store", "Sandbox", "OutboundHTTP", crypto, log, nioCore, lifecycle,
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ], swiftSettings: settings),

        .executableTarget(
            name: "puente",
            dependencies: [
                "Domain", "PhoneNumbers", "ContactFiles", "Secrets", "OutboundHTTP", "WhatsApp", "CRM", "Store",
                "Pipeline", "Console", "Sandbox", "Proving", hummingbird, hummingbirdCore, "Yams", lifecycle, x509,
                asn1,
                .product(name: "NIOSSL", package: "swift-nio-ssl"), log, metrics, nioCore, crypto,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),

        // What `make bench` runs; not part of what is installed.
        .executableTarget(
            name: "puente-bench",
            dependencies: [
                "Proving", "Domain", "Store", "Pipeline", "Sandbox", "PhoneNumbers", "Secrets", httpClient, lifecycle,
                log, nioCore, .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], path: "Benchmarks/Load", swiftSettings: settings),

        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: settings),
        .testTarget(
            name: "PhoneNumbersTests", dependencies: ["PhoneNumbers"], exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "ContactFilesTests", dependencies: ["ContactFiles", "Domain", "CZlib"], exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets"], swiftSettings: settings),
        .testTarget(
            name: "WhatsAppTests", dependencies: ["WhatsApp", "Sandbox", "OutboundHTTP"],
            exclude: ["Fixtures"], swiftSettings: settings),
        .testTarget(
            name: "CRMTests", dependencies: ["CRM", "Sandbox", "OutboundHTTP"], exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "Domain", "PhoneNumbers", "WhatsApp", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "Domain", "PhoneNumbers", "ContactFiles", "OutboundHTTP", "Sandbox", "Secrets", "Store",
                "WhatsApp", "CRM", crypto, log, .product(name: "InMemoryLogging", package: "swift-log"), nioCore,
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Console", "ContactFiles", "Domain", "Pipeline", "Secrets", "Store", hummingbird, hummingbirdTesting,
                nioCore,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "puente", "CRM", "Domain", "OutboundHTTP", "Pipeline", "Store", "Sandbox", "Secrets", "PhoneNumbers",
                "WhatsApp",
                httpClient, crypto, lifecycle, log, nioCore, .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "PuenteTests",
            dependencies: [
                "puente", "Console", "ContactFiles", "CRM", "Domain", "OutboundHTTP", "PhoneNumbers", "Pipeline",
                "Sandbox", "Secrets", "Store", "WhatsApp", log, metrics, lifecycle, crypto, x509, asn1,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SandboxTests", dependencies: ["Sandbox", httpClient, nioCore], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
