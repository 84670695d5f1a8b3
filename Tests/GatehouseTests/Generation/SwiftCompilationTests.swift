import Foundation
import Gatehouse
import TestSupport
import Testing

@Suite("Generated Swift source compiles")
struct SwiftCompilationTests {
    /// Names that collide, that Swift keeps to itself, and that are no words.
    private static let hostileNames: [String] = {
        let collisions = [
            "a:b", "a:b-c", "a:b_c", "a:b.c", "a:b:c", "aB", "ab", "AB", "Ab", "a_b", "a-b", "A:B", "1:2", "12", "1-2",
            "_12", "_1_c2", "a_cb", "_", "-", ".", "...", "__", "--", "_._", "foo", "Foo", "FOO", "fOO", "foo_", "1a",
            "1A",
        ]
        let words = """
            Any actor as associatedtype async await borrowing break case catch class consuming continue convenience copy \
            default deinit defer didSet discard do dynamic each else enum extension fallthrough false fileprivate final \
            for func get guard if import in indirect infix init inout internal is isolated lazy let macro mutating nil \
            none nonisolated nonmutating open operator optional override package postfix precedencegroup prefix private \
            protocol Protocol public repeat required rethrows return self Self sending set some static struct subscript \
            super switch throw throws true try type Type typealias unowned var weak where while willSet yield \
            all allCases AllCases allInPolicy customMirror debugDescription description encode hash hashValue name \
            rawValue RawValue stringLiteral StringLiteralType unicodeScalarLiteral Permission PolicyRole RoleAssignment \
            String Bool Gatehouse Swift
            """
        let long = [
            String(repeating: "x", count: 256), String(repeating: ".", count: 256), String(repeating: "1", count: 256),
            Array(repeating: "segment-of-15.b", count: 16).joined(separator: ":"),
        ]
        return collisions + words.split(separator: " ").map(String.init) + long
    }()

    /// Policies by what is odd about them: the last one's own text would fill the log.
    enum Odd: String, CaseIterable {
        case empty, oneRole, description, names

        var policy: Policy {
            switch self {
            case .empty: Policy()
            case .oneRole: Policy(roles: [Role("r")])
            case .description: Policy(permissions: [CataloguedPermission("p", "*/ \" \\(x)\n} /*\u{2028}\\")])
            case .names:
                Policy(
                    permissions: hostileNames.map { CataloguedPermission($0, $0) },
                    roles: hostileNames.map { Role($0, description: $0) }
                )
            }
        }
    }

    @Test("generated source compiles as Swift 5 and Swift 6, whatever the names", arguments: ["5", "6"], Odd.allCases)
    func compiles(version: String, odd: Odd) async throws {
        let source = try PolicyEngine(odd.policy).swiftSource()
        #expect(try await Self.complaints(about: source, version: version) == "")
    }

    @Test("the compiler complains of source that is wrong")
    func complains() async throws {
        let policy = Policy(permissions: [CataloguedPermission("a")])
        let source = try PolicyEngine(policy).swiftSource()
        let complaints = try await Self.complaints(about: source + source, version: "6")
        #expect(complaints.contains("invalid redeclaration of 'a'"))
    }

    /// The compiler's errors and warnings about a source.
    private static func complaints(about source: String, version: String) async throws -> String {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try folder.write(source, to: "Policy.swift")
        // The modules lie beside the test program.
        let modules = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules")
        let package = URL(filePath: #filePath).appending(path: "../../../../").standardized
        let headers = ["CGatehouseShims/include", "COpenSSL"].map { package.appending(path: "Sources/\($0)").path }
        let compiler = try await Program.run(
            ["swiftc", "-typecheck", "-parse-as-library", "-swift-version", version]
                + ([modules.path] + headers).flatMap { ["-I", $0] } + [file]
        )
        let said = compiler.output + compiler.errors
        return compiler.status == 0 ? said : "status \(compiler.status): \(said)"
    }
}
