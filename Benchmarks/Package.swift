// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "gatehouse-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(
            name: "gatehouse",
            path: "..",
            traits: ["Hummingbird", "NIO", "GRPC", "FlyingFox", "PostgreSQL", "SQLite", "Server"]
        ),
        // The raw inserts that records are measured against.
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        // The peer that is measured beside us.
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.0"),
        // The server whose guarded routes are measured.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // Counts every allocation of the process, C libraries included.
        .target(name: "CAllocations"),
        // The raw calls that our verification is measured against.
        .systemLibrary(
            name: "CLibcrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        // The raw calls that records in PostgreSQL are measured against.
        .systemLibrary(
            name: "CLibpq",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        // One token as Clerk shapes it, and how jwt-kit and libcrypto judge that.
        .target(
            name: "SessionTokens",
            dependencies: [
                "CLibcrypto",
                .product(name: "GatehouseTesting", package: "gatehouse"),
                .product(name: "GatehouseTokens", package: "gatehouse"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "GatehouseBenchmarks",
            dependencies: [
                "CAllocations",
                "CLibcrypto",
                "SessionTokens",
                .product(name: "Gatehouse", package: "gatehouse"),
                .product(name: "GatehouseClerk", package: "gatehouse"),
                .product(name: "GatehouseTokens", package: "gatehouse"),
                .product(name: "GatehouseHTTP", package: "gatehouse"),
                .product(name: "GatehouseTesting", package: "gatehouse"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: settings
        ),
        // A program of its own: the other counts allocations, which costs each of them time.
        .executableTarget(
            name: "GuardedServer",
            dependencies: [
                "SessionTokens",
                .product(name: "GatehouseClerk", package: "gatehouse"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
                .product(name: "GatehouseFlyingFox", package: "gatehouse"),
                .product(name: "GatehouseGRPC", package: "gatehouse"),
                .product(name: "GatehouseHummingbird", package: "gatehouse"),
                .product(name: "GatehouseNIO", package: "gatehouse"),
                .product(name: "GatehouseTesting", package: "gatehouse"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "PostgreSQLBenchmarks",
            dependencies: [
                "CLibpq",
                .product(name: "Gatehouse", package: "gatehouse"),
                .product(name: "GatehouseClerk", package: "gatehouse"),
                .product(name: "GatehousePostgreSQL", package: "gatehouse"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "RecordsBenchmarks",
            dependencies: [
                "CAllocations",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GatehouseClerk", package: "gatehouse"),
                .product(name: "GatehouseRecords", package: "gatehouse"),
                .product(name: "GatehouseSQLite", package: "gatehouse"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "SidecarBenchmarks",
            dependencies: [
                "CLibcrypto",
                .product(name: "GatehouseServer", package: "gatehouse"),
                .product(name: "GatehouseTesting", package: "gatehouse"),
                .product(name: "GatehouseTokens", package: "gatehouse"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
    ]
)
