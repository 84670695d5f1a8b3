// swift-tools-version: 6.2
import PackageDescription

/// The same for every target.
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A dependency that is fetched only where its trait is on. Every use of such a package stands under one.
func product(_ name: String, _ package: String, trait: String) -> Target.Dependency {
    .product(name: name, package: package, condition: .when(traits: [trait]))
}

func target(_ name: String, _ dependencies: Target.Dependency..., path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

func test(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A libFuzzer target: without `--sanitize=fuzzer` it builds as a program that does nothing.
func fuzzer(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies,
        path: "Tests/Fuzz/\(name)",
        exclude: ["Corpus"],
        swiftSettings: settings
    )
}

let package = Package(
    name: "gatehouse",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Gatehouse", targets: ["Gatehouse"]),
        .library(name: "GatehouseTokens", targets: ["GatehouseTokens"]),
        .library(name: "GatehouseHTTP", targets: ["GatehouseHTTP"]),
        .library(name: "GatehouseRecords", targets: ["GatehouseRecords"]),
        .library(name: "GatehouseSQLite", targets: ["GatehouseSQLite"]),
        .library(name: "GatehouseClerk", targets: ["GatehouseClerk"]),
        .library(name: "GatehousePolicyFiles", targets: ["GatehousePolicyFiles"]),
        .library(name: "GatehouseCurl", targets: ["GatehouseCurl"]),
        .library(name: "GatehouseAsyncHTTPClient", targets: ["GatehouseAsyncHTTPClient"]),
        .library(name: "GatehouseConfiguration", targets: ["GatehouseConfiguration"]),
        .library(name: "GatehouseHummingbird", targets: ["GatehouseHummingbird"]),
        .library(name: "GatehouseServer", targets: ["GatehouseServer"]),
        .library(name: "GatehouseNIO", targets: ["GatehouseNIO"]),
        .library(name: "GatehouseGRPC", targets: ["GatehouseGRPC"]),
        .library(name: "GatehouseFlyingFox", targets: ["GatehouseFlyingFox"]),
        .library(name: "GatehouseVapor", targets: ["GatehouseVapor"]),
        .library(name: "GatehousePostgreSQL", targets: ["GatehousePostgreSQL"]),
        .library(name: "GatehouseQRCode", targets: ["GatehouseQRCode"]),
        .library(name: "GatehouseTesting", targets: ["GatehouseTesting"]),
        .library(name: "GatehouseTestingServers", targets: ["GatehouseTestingServers"]),
        .executable(name: "gatehouse", targets: ["GatehouseTool"]),
        .executable(name: "gatehouse-demo", targets: ["GatehouseDemoProgram"]),
    ],
    traits: [
        .default(enabledTraits: []),
        .trait(name: "PolicyFiles", description: "Policy documents in YAML and JSON (Yams)"),
        .trait(name: "Curl", description: "HTTPTransport on the system's libcurl"),
        .trait(name: "AsyncHTTPClient", description: "HTTPTransport on async-http-client"),
        .trait(name: "Configuration", description: "Settings from a reader of swift-configuration"),
        .trait(name: "Hummingbird", description: "Middleware for Hummingbird 2"),
        .trait(name: "Tracing", description: "Spans through swift-distributed-tracing"),
        .trait(name: "NIO", description: "A channel handler for HTTP/1.1 servers on SwiftNIO"),
        .trait(name: "GRPC", description: "A server interceptor for gRPC Swift 2"),
        // Not built by "make test": BoringSSL would be compiled once more, for tests alone.
        .trait(
            name: "GRPCSockets",
            description: "Tests of gRPC calls over sockets (grpc-swift-nio-transport)",
            enabledTraits: ["GRPC"]
        ),
        .trait(name: "FlyingFox", description: "A handler for FlyingFox"),
        // Not built where CI runs: Vapor's packages do not resolve there. A package is fetched only where its trait is on.
        .trait(name: "Vapor", description: "Middleware for Vapor 4"),
        .trait(name: "PostgreSQL", description: "Records that several nodes share, in PostgreSQL (the system's libpq)"),
        .trait(name: "QRCode", description: "QR codes for authenticator applications (the system's libqrencode)"),
        .trait(name: "SQLite", description: "Records in SQLite (GRDB)"),
        .trait(name: "TestServers", description: "Servers for tests that misbehave when told to (FlyingFox)"),
        .trait(
            name: "Server",
            description: "The command-line tool and the sidecar",
            enabledTraits: ["PolicyFiles", "SQLite", "Curl", "Hummingbird", "TestServers"]
        ),
    ],
    dependencies: [
        // Methods, fields and statuses as every Swift server has them; its trait would link Foundation.
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        // Counters and meters as every Swift server's metrics backend takes them.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        // Spans as every Swift server's tracer takes them.
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
        // YAML for policy documents; JSON is read by our own strict scanner.
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        // SQLite with transactions, a pool of readers, and statements kept ready.
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        // The HTTP client of most Swift servers; its own traits would link Foundation.
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0", traits: []),
        // Channel handlers, and time amounts and byte buffers in async-http-client's API.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        // The server that GatehouseHummingbird adapts to; its traits bring Foundation and swift-configuration.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        // Loggers as every Swift server has them.
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        // Settings from files and variables as every Swift server reads them; its traits would bring Foundation's JSON.
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        // A small HTTP server whose bodies are streams, for servers that misbehave.
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
        // HTTP requests and answers as Hummingbird's channels carry them, for handlers that bound slow senders.
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        // The RPC server that GatehouseGRPC adapts to: its core alone, without HTTP/2 and Protocol Buffers.
        .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
        // HTTP/2 for the tests of GatehouseGRPC.
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
        // The server that GatehouseVapor adapts to.
        .package(url: "https://github.com/vapor/vapor.git", from: "4.122.0"),
        // The tool's command line.
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        // Services that load keys and follow a bus run beside a server, and end with it.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        target("GatehouseBase"),
        // What Swift does not have: a variable of each thread, and a prefetch.
        .target(name: "CGatehouseShims"),
        target("Gatehouse", "CGatehouseShims", "GatehouseBase", "GatehouseCrypto"),

        // OpenSSL's libcrypto as the system has it; only GatehouseCrypto calls it.
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        target("GatehouseCrypto", "COpenSSL"),
        target(
            "GatehouseTokens",
            "GatehouseBase",
            "GatehouseCrypto",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),

        target(
            "GatehouseHTTP",
            "Gatehouse",
            "GatehouseTokens",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Logging", package: "swift-log"),
            product("Tracing", "swift-distributed-tracing", trait: "Tracing"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Hummingbird")
        ),
        target(
            "GatehouseConfiguration",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseTokens",
            product("Configuration", "swift-configuration", trait: "Configuration"),
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        // Audit log, webhook inbox and directory: protocols and rules, and versions in memory.
        target(
            "GatehouseRecords",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseCrypto",
            "GatehouseTokens",
            .product(name: "CoreMetrics", package: "swift-metrics"),
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        target(
            "GatehouseClerk",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseCrypto",
            "GatehouseHTTP",
            "GatehouseRecords",
            "GatehouseTokens",
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Logging", package: "swift-log"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Hummingbird")
        ),
        target(
            "GatehouseSQLite",
            "GatehouseBase",
            "GatehouseRecords",
            product("GRDB", "GRDB.swift", trait: "SQLite"),
            product("GRDBSQLite", "GRDB.swift", trait: "SQLite")
        ),

        // libpq as the system has it; only GatehousePostgreSQL calls it.
        .systemLibrary(
            name: "CPostgreSQL",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        target(
            "GatehousePostgreSQL",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseRecords",
            .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"]))
        ),

        target(
            "GatehousePolicyFiles",
            "Gatehouse",
            "GatehouseBase",
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Hummingbird"),
            product("Yams", "Yams", trait: "PolicyFiles")
        ),
        // libcurl as the system has it; only GatehouseCurl calls it.
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        target(
            "GatehouseCurl",
            "GatehouseTokens",
            .target(name: "CCurl", condition: .when(traits: ["Curl"])),
            product("HTTPTypes", "swift-http-types", trait: "Curl")
        ),
        // libqrencode as the system has it (LGPL, linked dynamically); only GatehouseQRCode calls it.
        .systemLibrary(
            name: "CQREncode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"]), .brew(["qrencode"])]
        ),
        target("GatehouseQRCode", .target(name: "CQREncode", condition: .when(traits: ["QRCode"]))),
        target(
            "GatehouseAsyncHTTPClient",
            "GatehouseTokens",
            product("AsyncHTTPClient", "async-http-client", trait: "AsyncHTTPClient"),
            product("HTTPTypes", "swift-http-types", trait: "AsyncHTTPClient"),
            product("NIOCore", "swift-nio", trait: "AsyncHTTPClient"),
            product("NIOHTTP1", "swift-nio", trait: "AsyncHTTPClient"),
            product("NIOPosix", "swift-nio", trait: "AsyncHTTPClient")
        ),
        target(
            "GatehouseHummingbird",
            "GatehouseHTTP",
            "GatehouseRecords",
            product("Hummingbird", "hummingbird", trait: "Hummingbird"),
            product("Logging", "swift-log", trait: "Hummingbird"),
            product("NIOCore", "swift-nio", trait: "Hummingbird"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Hummingbird")
        ),
        target(
            "GatehouseNIO",
            "GatehouseHTTP",
            product("Logging", "swift-log", trait: "NIO"),
            product("NIOCore", "swift-nio", trait: "NIO"),
            product("NIOHTTP1", "swift-nio", trait: "NIO")
        ),
        target(
            "GatehouseGRPC",
            "GatehouseHTTP",
            product("GRPCCore", "grpc-swift-2", trait: "GRPC"),
            product("Logging", "swift-log", trait: "GRPC")
        ),
        target(
            "GatehouseFlyingFox",
            "GatehouseHTTP",
            product("FlyingFox", "FlyingFox", trait: "FlyingFox"),
            product("Logging", "swift-log", trait: "FlyingFox")
        ),
        target(
            "GatehouseVapor",
            "GatehouseHTTP",
            product("NIOHTTP1", "swift-nio", trait: "Vapor"),
            product("Vapor", "vapor", trait: "Vapor")
        ),
        target(
            "GatehouseTesting",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseCrypto",
            "GatehouseHTTP",
            "GatehouseRecords",
            "GatehouseTokens",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        target(
            "GatehouseTestingServers",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseCrypto",
            "GatehouseRecords",
            "GatehouseTesting",
            "GatehouseTokens",
            product("HTTPTypes", "swift-http-types", trait: "TestServers"),
            product("FlyingFox", "FlyingFox", trait: "TestServers"),
            product("FlyingSocks", "FlyingFox", trait: "TestServers")
        ),
        // The sidecar: AuthZEN and forward-auth over HTTP, configured by a file and variables.
        target(
            "GatehouseServer",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseCrypto",
            "GatehouseCurl",
            "GatehouseHTTP",
            "GatehouseHummingbird",
            "GatehousePolicyFiles",
            "GatehousePostgreSQL",
            "GatehouseRecords",
            "GatehouseSQLite",
            "GatehouseTokens",
            product("CoreMetrics", "swift-metrics", trait: "Server"),
            product("HTTPTypes", "swift-http-types", trait: "Server"),
            product("Hummingbird", "hummingbird", trait: "Server"),
            product("HummingbirdCore", "hummingbird", trait: "Server"),
            product("Logging", "swift-log", trait: "Server"),
            product("NIOCore", "swift-nio", trait: "Server"),
            product("NIOHTTPTypes", "swift-nio-extras", trait: "Server"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Server"),
            product("UnixSignals", "swift-service-lifecycle", trait: "Server")
        ),
        // A token issuer and an API that it guards.
        target(
            "GatehouseDemo",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseCurl",
            "GatehouseHummingbird",
            "GatehouseRecords",
            "GatehouseTesting",
            "GatehouseTokens",
            product("HTTPTypes", "swift-http-types", trait: "Hummingbird"),
            product("Hummingbird", "hummingbird", trait: "Hummingbird"),
            product("Logging", "swift-log", trait: "Hummingbird"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Hummingbird"),
            product("UnixSignals", "swift-service-lifecycle", trait: "Hummingbird")
        ),
        // The demo alone, which `make demo` builds: the whole tool takes half as long again.
        .executableTarget(
            name: "GatehouseDemoProgram",
            dependencies: ["Gatehouse", "GatehouseDemo", "GatehouseRecords"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "GatehouseTool",
            dependencies: [
                "Gatehouse", "GatehouseBase", "GatehouseClerk", "GatehouseCurl", "GatehouseDemo",
                "GatehousePolicyFiles", "GatehousePostgreSQL", "GatehouseQRCode", "GatehouseRecords", "GatehouseServer",
                "GatehouseSQLite", "GatehouseTestingServers", "GatehouseTokens",
                product("ArgumentParser", "swift-argument-parser", trait: "Server"),
                product("Logging", "swift-log", trait: "Server"),
                product("ServiceLifecycle", "swift-service-lifecycle", trait: "Server"),
                product("UnixSignals", "swift-service-lifecycle", trait: "Server"),
            ],
            swiftSettings: settings
        ),

        // Random numbers that every run repeats, for every test target.
        target("SeededGenerator", path: "Tests/SeededGenerator"),
        // Folders, sockets and programs that tests of several modules use.
        target("TestSupport", .product(name: "Logging", package: "swift-log"), path: "Tests/TestSupport"),
        // Test data beside the project, likewise.
        target("SharedVectors", "GatehouseBase", path: "Tests/SharedVectors"),
        test("GatehouseBaseTests", "GatehouseBase", "SharedVectors"),
        test(
            "GatehouseTests",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseTesting",
            "SeededGenerator",
            "SharedVectors",
            "TestSupport"
        ),
        test("GatehouseCryptoTests", "GatehouseBase", "GatehouseCrypto", "SharedVectors"),
        test(
            "GatehouseTokensTests",
            "GatehouseBase",
            "GatehouseCrypto",
            "GatehouseTesting",
            "GatehouseTokens",
            "SeededGenerator",
            "SharedVectors",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        test(
            "GatehouseHTTPTests",
            "GatehouseHTTP",
            "GatehouseTesting",
            "TestSupport",
            .product(name: "InMemoryLogging", package: "swift-log"),
            product("InMemoryTracing", "swift-distributed-tracing", trait: "Tracing"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "MetricsTestKit", package: "swift-metrics"),
            product("Tracing", "swift-distributed-tracing", trait: "Tracing")
        ),
        test(
            "GatehouseConfigurationTests",
            "GatehouseConfiguration",
            product("Configuration", "swift-configuration", trait: "Configuration"),
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        test(
            "GatehouseClerkTests",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseTesting",
            .product(name: "InMemoryLogging", package: "swift-log"),
            .product(name: "Logging", package: "swift-log"),
            "SharedVectors",
            "TestSupport"
        ),
        test("GatehouseTestingTests", "Gatehouse", "GatehouseClerk", "GatehouseTesting", "GatehouseTokens"),
        test(
            "GatehouseRecordsTests",
            "GatehouseBase",
            "GatehouseRecords",
            "GatehouseTesting",
            "GatehouseTokens",
            "SeededGenerator",
            "SharedVectors",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        // A process that is killed while it takes webhooks and writes audit records.
        .executableTarget(
            name: "RecordsChild",
            dependencies: [
                "GatehouseBase", "GatehouseClerk", "GatehouseRecords", "GatehouseSQLite",
                product("GRDB", "GRDB.swift", trait: "SQLite"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/RecordsChild",
            swiftSettings: settings
        ),
        // SQLite's files, which fail when they are told to.
        .target(
            name: "FaultyFiles",
            path: "Tests/FaultyFiles",
            linkerSettings: [.linkedLibrary("sqlite3", .when(traits: ["SQLite"]))]
        ),
        test(
            "GatehouseSQLiteTests",
            .target(name: "FaultyFiles", condition: .when(traits: ["SQLite"])),
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseRecords",
            "GatehouseSQLite",
            "GatehouseTesting",
            "RecordsChild",
            "SeededGenerator",
            "TestSupport",
            .product(name: "MetricsTestKit", package: "swift-metrics"),
            product("GRDB", "GRDB.swift", trait: "SQLite"),
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        // A node that shares a server with others, and is killed.
        .executableTarget(
            name: "PostgreSQLChild",
            dependencies: [
                "GatehouseBase", "GatehouseClerk", "GatehousePostgreSQL", "GatehouseRecords",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/PostgreSQLChild",
            swiftSettings: settings
        ),
        test(
            "GatehousePostgreSQLTests",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehousePostgreSQL",
            "GatehouseRecords",
            "GatehouseTesting",
            "PostgreSQLChild",
            "SeededGenerator",
            "TestSupport",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        // Clerk's Backend API: the client against a fake that speaks real HTTP, and both against Clerk's document.
        test(
            "GatehouseClerkAPITests",
            "Gatehouse",
            "GatehouseAsyncHTTPClient",
            "GatehouseBase",
            "GatehouseClerk",
            "GatehouseRecords",
            "GatehouseTesting",
            "GatehouseTestingServers",
            "GatehouseTokens",
            "SharedVectors",
            "TestSupport",
            .product(name: "HTTPTypes", package: "swift-http-types"),
            product("Yams", "Yams", trait: "PolicyFiles")
        ),
        test("GatehouseQRCodeTests", "GatehouseQRCode", "TestSupport"),
        test(
            "GatehousePolicyFilesTests",
            "Gatehouse",
            "GatehouseBase",
            "GatehousePolicyFiles",
            "GatehouseTesting",
            "SeededGenerator",
            "SharedVectors",
            "TestSupport"
        ),
        // A resolver of names that hangs when it is told to.
        .target(name: "HangingResolver", path: "Tests/HangingResolver"),
        // Every HTTPTransport, by one suite.
        test(
            "HTTPTransportTests",
            "HangingResolver",
            "GatehouseAsyncHTTPClient",
            "GatehouseCurl",
            "GatehouseTokens",
            "TestSupport",
            .product(name: "HTTPTypes", package: "swift-http-types")
        ),
        test(
            "GatehouseHummingbirdTests",
            "GatehouseClerk",
            "GatehouseHummingbird",
            "GatehouseTesting",
            .product(name: "HTTPTypes", package: "swift-http-types"),
            product("NIOCore", "swift-nio", trait: "Hummingbird"),
            product("Hummingbird", "hummingbird", trait: "Hummingbird"),
            product("HummingbirdTesting", "hummingbird", trait: "Hummingbird"),
            product("Logging", "swift-log", trait: "Hummingbird")
        ),
        // Every host server, by one table of requests.
        test(
            "HostServerTests",
            "GatehouseClerk",
            "GatehouseFlyingFox",
            "GatehouseGRPC",
            "GatehouseHummingbird",
            "GatehouseNIO",
            "GatehouseTesting",
            "GatehouseVapor",
            "SeededGenerator",
            product("FlyingFox", "FlyingFox", trait: "FlyingFox"),
            product("FlyingSocks", "FlyingFox", trait: "FlyingFox"),
            product("GRPCCore", "grpc-swift-2", trait: "GRPC"),
            product("GRPCInProcessTransport", "grpc-swift-2", trait: "GRPC"),
            product("GRPCNIOTransportHTTP2Posix", "grpc-swift-nio-transport", trait: "GRPCSockets"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            product("Hummingbird", "hummingbird", trait: "Hummingbird"),
            product("InMemoryLogging", "swift-log", trait: "Hummingbird"),
            product("Logging", "swift-log", trait: "Hummingbird"),
            product("NIOCore", "swift-nio", trait: "NIO"),
            product("NIOEmbedded", "swift-nio", trait: "NIO"),
            product("NIOHTTP1", "swift-nio", trait: "NIO"),
            product("NIOPosix", "swift-nio", trait: "NIO"),
            product("Vapor", "vapor", trait: "Vapor")
        ),
        // Programs as a user writes them, started and asked.
        test(
            "FrontDoorTests",
            "GatehouseAsyncHTTPClient",
            "GatehouseClerk",
            "GatehouseHummingbird",
            "GatehouseTesting",
            "TestSupport",
            product("FlyingFox", "FlyingFox", trait: "TestServers"),
            product("FlyingSocks", "FlyingFox", trait: "TestServers"),
            product("Hummingbird", "hummingbird", trait: "Hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            product("HummingbirdTesting", "hummingbird", trait: "Hummingbird"),
            product("Logging", "swift-log", trait: "Hummingbird")
        ),

        test(
            "GatehouseTestingServersTests",
            "GatehouseAsyncHTTPClient",
            "GatehouseBase",
            "GatehouseTestingServers",
            "GatehouseTokens"
        ),

        test(
            "GatehouseToolTests",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseDemoProgram",
            "GatehousePolicyFiles",
            "GatehouseRecords",
            "GatehouseTesting",
            "GatehouseTokens",
            "GatehouseTool",
            "SharedVectors",
            "TestSupport",
            product("HTTPTypes", "swift-http-types", trait: "Server")
        ),

        // The sidecar in process, and behind real proxies.
        test(
            "GatehouseServerTests",
            "Gatehouse",
            "GatehouseBase",
            "GatehouseCurl",
            "GatehouseHTTP",
            "GatehouseRecords",
            "GatehouseServer",
            "GatehouseSQLite",
            "GatehouseTesting",
            "GatehouseTokens",
            "SeededGenerator",
            "SharedVectors",
            "TestSupport",
            product("HTTPTypes", "swift-http-types", trait: "Server"),
            product("Logging", "swift-log", trait: "Server"),
            product("NIOCore", "swift-nio", trait: "Server"),
            product("NIOEmbedded", "swift-nio", trait: "Server"),
            product("NIOHTTP1", "swift-nio", trait: "Server"),
            product("NIOHTTPTypes", "swift-nio-extras", trait: "Server"),
            product("NIOHTTPTypesHTTP1", "swift-nio-extras", trait: "Server"),
            product("ServiceLifecycle", "swift-service-lifecycle", trait: "Server")
        ),

        // The README's code, compiled.
        .executableTarget(
            name: "ReadmeProgram",
            dependencies: [
                "GatehouseClerk", "GatehouseCurl", "GatehouseHummingbird",
                product("Hummingbird", "hummingbird", trait: "Server"),
            ],
            path: "Tests/ReadmeProgram",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "ReadmeRecordsProgram",
            dependencies: [
                "GatehouseClerk", "GatehouseCurl", "GatehouseHummingbird", "GatehouseSQLite",
                product("GRDB", "GRDB.swift", trait: "Server"),
                product("Hummingbird", "hummingbird", trait: "Server"),
            ],
            path: "Tests/ReadmeRecordsProgram",
            swiftSettings: settings
        ),
        test("ReadmeTests", "Gatehouse", "GatehouseTesting", "GatehouseTokens"),
        // The code of the guide "Getting started with Hummingbird", compiled and tested.
        .executableTarget(
            name: "Invoices",
            dependencies: [
                "Gatehouse", "GatehouseClerk", "GatehouseCurl", "GatehouseHummingbird",
                product("Hummingbird", "hummingbird", trait: "Server"),
            ],
            path: "Tests/Guides/Invoices",
            swiftSettings: settings
        ),
        .testTarget(
            name: "InvoicesTests",
            dependencies: [
                "Gatehouse", "GatehouseClerk", "GatehouseTesting", "Invoices",
                product("Hummingbird", "hummingbird", trait: "Server"),
                product("HummingbirdTesting", "hummingbird", trait: "Server"),
            ],
            path: "Tests/Guides/InvoicesTests"
        ),

        // Properties for every input, which the fuzz targets and FuzzSeedTests share.
        target(
            "FuzzProperties",
            "Gatehouse",
            "GatehouseBase",
            "GatehousePolicyFiles",
            "GatehouseTesting",
            "GatehouseTokens",
            path: "Tests/Fuzz/Properties"
        ),
        test("FuzzSeedTests", "FuzzProperties"),
        fuzzer("FuzzBase64URL", "FuzzProperties"),
        fuzzer("FuzzJSON", "FuzzProperties"),
        fuzzer("FuzzToken", "FuzzProperties"),
        fuzzer("FuzzKeySet", "FuzzProperties"),
        fuzzer("FuzzPolicy", "FuzzProperties"),
    ]
)
