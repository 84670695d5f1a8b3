#if PolicyFiles
import Foundation
import Gatehouse
import GatehousePolicyFiles
import GatehouseTesting
import Testing

@Suite("A policy file is the policy in force, and is read anew when it changes")
struct PolicyFileTests {
    private static let reads = "gatehouse: 1\nroles:\n  org:member: { grants: [\"org:invoices:read\"] }\n"
    private static let voids = "gatehouse: 1\nroles:\n  org:member: { grants: [\"org:invoices:void\"] }\n"
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ text: String) throws -> PolicyFile {
        let path = folder.appending(path: "policy.yaml").path
        try write(text)
        return try PolicyFile(path)
    }

    private func write(_ text: String) throws {
        try text.write(to: folder.appending(path: "policy.yaml"), atomically: true, encoding: .utf8)
    }

    private func mayVoid(_ file: PolicyFile) async throws -> Bool {
        let authorizer = Authorizer(policy: file.policy)
        return try await authorizer.isAllowed("org:invoices:void", for: Principal("alice", roles: ["org:member"]))
    }

    @Test("the document that was read decides, and another does once it is read anew")
    func reload() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try file(Self.reads)
        #expect(try await !mayVoid(file))
        try write(Self.voids)
        #expect(file.reload())
        #expect(try await mayVoid(file))
    }

    @Test("a document with an error leaves the one of before in force, and says where")
    func refused() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try file(Self.voids)
        try write("gatehouse: 1\nroles:\n  org:member: { grants: [\"inv*\"] }\n")
        #expect(!file.reload())
        #expect(try await mayVoid(file))
        #expect(try #require(file.policy.failure).message.contains("3:"))
    }

    @Test("a change of the file is noticed while the service runs")
    func watched() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
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
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = folder.appending(path: "none.yaml").path
        #expect(throws: PolicyFileError(.missing, path: missing)) { try PolicyFile(missing) }
        #expect(throws: PolicyFileError(.unreadable, path: folder.path)) { try PolicyFile(folder.path) }
        #expect(throws: PolicyError.self) { try file("gatehouse: 2\n") }
    }
}
#endif
