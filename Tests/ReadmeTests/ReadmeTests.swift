import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
    private static let package = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// The compiled files that hold the README's code, each as a block of its own.
    private static let compiled = [
        "Tests/ReadmeProgram/main.swift", "Tests/ReadmeTests/PolicyTests.swift",
        "Tests/ReadmeTests/MembershipTests.swift", "Tests/ReadmeRecordsProgram/main.swift",
    ]

    @Test("every block of Swift in it is a file that this build compiled")
    func blocks() throws {
        let readme = try text("README.md")
        let blocks = readme.components(separatedBy: "```swift\n").dropFirst().map { block in
            block.components(separatedBy: "```")[0]
        }
        let sources = try Self.compiled.map { try text($0).withoutTraitGuard }
        #expect(Set(blocks) == Set(sources))
        #expect(blocks.count == sources.count)
    }

    @Test("names every product and every trait of the manifest")
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
