import Foundation
import Testing

@Suite("The README and the guides")
struct ReadmeTests {
    private static let package = URL(filePath: #filePath).appending(path: "../../..").standardized
    private static let program = "Tests/ReadmeProgram/main.swift"
    private static let matrix = "Tests/ReadmeTests/MatrixTests.swift"

    /// A page whose code this build compiled: the files that hold it, each as a block of its own.
    struct Page: Sendable, CustomTestStringConvertible {
        let path: String
        let files: [String]

        var testDescription: String { path.components(separatedBy: "/").last ?? path }
    }

    private static let pages = [
        Page(
            path: "README.md",
            files: [
                program, matrix, "Tests/ReadmeTests/MembershipTests.swift", "Tests/ReadmeRecordsProgram/main.swift",
            ]
        ),
        Page(
            path: "Sources/GatehouseHummingbird/GatehouseHummingbird.docc/GettingStarted.md",
            files: [
                "Tests/Guides/Invoices/Policy.swift", "Tests/Guides/Invoices/Routes.swift",
                "Tests/Guides/Invoices/main.swift",
                "Tests/Guides/InvoicesTests/PolicyTests.swift", "Tests/Guides/InvoicesTests/RouteTests.swift",
            ]
        ),
        Page(
            path: "Sources/GatehouseTesting/GatehouseTesting.docc/TestingAPolicy.md",
            files: [matrix, "Tests/ReadmeTests/Guides/TokenTests.swift", "Tests/ReadmeTests/Guides/SourceTests.swift"]
        ),
        Page(
            path: "Sources/Gatehouse/Gatehouse.docc/WhereRolesComeFrom.md",
            files: ["Tests/ReadmeTests/Guides/OwnRolesTests.swift"]
        ),
        Page(
            path: "Sources/Gatehouse/Gatehouse.docc/SeveralNodes.md",
            files: ["Tests/ReadmeTests/Guides/SeveralNodesTests.swift"]
        ),
    ]

    @Test("every block of Swift in a page is a file that this build compiled", arguments: pages)
    func blocks(page: Page) throws {
        let blocks = try text(page.path).components(separatedBy: "```swift\n").dropFirst().map { block in
            block.components(separatedBy: "```")[0]
        }
        let sources = try page.files.map { try text($0).withoutTraitGuard }
        #expect(Set(blocks) == Set(sources))
        #expect(blocks.count == sources.count)
    }

    @Test("the README names every product and every trait of the manifest")
    func table() throws {
        let manifest = try text("Package.swift")
        let readme = try text("README.md")
        let libraries = manifest.matches(of: /\.library\(name: "(\w+)"/).map { String($0.output.1) }
        let traits = manifest.matches(of: /\.trait\(\s*name: "(\w+)"/).map { String($0.output.1) }
        #expect(libraries.count >= 8 && traits.count >= 4)
        for name in libraries + traits {
            #expect(readme.contains("`\(name)`"), "\(name) is missing")
        }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.package.appending(path: path), encoding: .utf8)
    }
}

extension String {
    /// The source without the lines that keep it out of a build without its trait.
    fileprivate var withoutTraitGuard: String {
        components(separatedBy: "\n").filter { !$0.hasPrefix("#if ") && !$0.hasPrefix("#endif") }
            .joined(separator: "\n")
    }
}
