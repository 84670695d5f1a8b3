#if PolicyFiles
import Foundation
import Gatehouse
import GatehousePolicyFiles
import GatehouseTesting
import TestSupport
import Testing

@Suite("A policy file is the policy in force, and is read anew when it changes")
struct PolicyFileTests {
    private static let reads = "gatehouse: 1\nroles:\n  org:member: { grants: [\"org:invoices:read\"] }\n"
    private static let voids = "gatehouse: 1\nroles:\n  org:member: { grants: [\"org:invoices:void\"] }\n"
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func file(_ text: String) throws -> PolicyFile {
        try PolicyFile(folder.write(text, to: "policy.yaml"))
    }

    private func write(_ text: String) throws {
        try folder.write(text, to: "policy.yaml")
    }

    private func mayVoid(_ file: PolicyFile) async throws -> Bool {
        let authorizer = Authorizer(policy: file.policy)
        return try await authorizer.isAllowed("org:invoices:void", for: Principal("alice", roles: ["org:member"]))
    }

    @Test("the document that was read decides, and a new document decides once it is read")
    func reload() async throws {
        defer { folder.remove() }
        let file = try file(Self.reads)
        #expect(try await !mayVoid(file))
        try write(Self.voids)
        #expect(file.reload())
        #expect(try await mayVoid(file))
    }

    @Test("a document with an error leaves the last policy in force, and says where the error is")
    func refused() async throws {
        defer { folder.remove() }
        let file = try file(Self.voids)
        try write("gatehouse: 1\nroles:\n  org:member: { grants: [\"inv*\"] }\n")
        #expect(!file.reload())
        #expect(try await mayVoid(file))
        #expect(try #require(file.policy.failure).message.hasPrefix("\(file.path):3:"))
    }

    @Test(
        "an emptied file is told as lint tells an empty document, and leaves the last policy in force",
        arguments: ["", " \n\t\n"]
    )
    func emptied(text: String) async throws {
        defer { folder.remove() }
        let file = try file(Self.voids)
        try write(text)
        let findings = PolicyDocument(reading: Array(text.utf8)).findings
        #expect(!file.reload())
        #expect(try await mayVoid(file))
        let failure = try #require(file.policy.failure)
        #expect(failure.code == .unsound)
        #expect(failure.findings == findings)
        #expect(failure.message == "\(file.path):1:1: error: the document is empty [syntax]")
        let error = #expect(throws: PolicyError.self) { try PolicyFile(file.path) }
        #expect(error?.findings == findings)
    }

    @Test("a change of the file is noticed while the service runs")
    func watched() async throws {
        defer { folder.remove() }
        let file = try file(Self.reads)
        try await withThrowingTaskGroup { group in
            group.addTask { try await file.run() }
            try write(Self.voids)
            try await eventually(equals: true) { try await mayVoid(file) }
            group.cancelAll()
        }
    }

    @Test("a file that cannot be read is an error with its path")
    func unreadable() throws {
        defer { folder.remove() }
        let missing = folder.file("none.yaml")
        #expect(throws: PolicyFileError(.missing, path: missing)) { try PolicyFile(missing) }
        #expect(throws: PolicyFileError(.unreadable, path: folder.path)) { try PolicyFile(folder.path) }
        #expect(throws: PolicyError.self) { try file("gatehouse: 2\n") }
    }
}
#endif
