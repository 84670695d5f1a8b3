// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "gatehouse",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Gatehouse", targets: ["Gatehouse"]),
    ],
    traits: [
        .default(enabledTraits: [])
    ],
    dependencies: [],
    targets: [
        .target(name: "GatehouseBase", swiftSettings: settings),

        .target(name: "Gatehouse", dependencies: ["GatehouseBase"], swiftSettings: settings),
        // Test data beside the project, for every test target.
        .target(
            name: "SharedVectors", dependencies: ["GatehouseBase"], path: "Tests/SharedVectors",
            swiftSettings: settings),
        .testTarget(name: "GatehouseTests", dependencies: ["Gatehouse"], swiftSettings: settings),
        .testTarget(
            name: "GatehouseBaseTests", dependencies: ["GatehouseBase", "SharedVectors"], swiftSettings: settings),
    ]
)
