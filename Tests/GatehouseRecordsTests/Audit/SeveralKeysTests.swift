import GatehouseBase
import GatehouseRecords
import Testing

@Suite("Checkpoints are verified by several keys")
struct SeveralKeysTests {
    /// A chain of three records that a key signed.
    private func chain(
        _ writer: String,
        in records: InMemoryRecords,
        by signer: CheckpointSigner
    ) async throws -> String {
        let log = AuditLog(records, writer: writer, configuration: .init(durable: true), signer: signer)
        for _ in 0..<3 { try await log.append(event: "x") }
        return try #require(try await log.checkpoint())
    }

    private func verified(
        _ writer: String,
        in records: InMemoryRecords,
        by keys: [CheckpointSigner]?,
        _ notes: String...
    ) async throws -> AuditVerification {
        let keys = keys?.map(\.verifier)
        return try await records.read { try $0.verifyAudit(of: writer, byAnyOf: keys, notes: notes) }
    }

    @Test func `Each chain has the key that is named as it is, in any order`() async throws {
        let records = InMemoryRecords()
        let keys = try ["a", "b", "c"].map { name throws in try CheckpointSigner.random(name: name) }
        for key in keys { _ = try await chain(key.verifier.name, in: records, by: key) }
        for key in keys {
            for order in [keys, keys.reversed()] {
                #expect(try await verified(key.verifier.name, in: records, by: order).isWhole)
            }
        }
        let found = try await verified("b", in: records, by: [keys[0], keys[2]])
        #expect(found.damage == .signature && found.firstBad == 3)
        #expect(found.unsigned == [.init(size: 3, signers: ["b"], isForged: false)])
        let none = try await verified("b", in: records, by: [])
        #expect(none.unsigned == found.unsigned)
        #expect(try await verified("b", in: records, by: nil).isWhole)
    }

    @Test func `A key of before and the one after it both count, and one key counts for several chains`() async throws {
        let records = InMemoryRecords()
        let (old, new) = (try CheckpointSigner.random(name: "host"), try CheckpointSigner.random(name: "host-2"))
        _ = try await chain("a", in: records, by: old)
        _ = try await chain("a", in: records, by: new)
        _ = try await chain("b", in: records, by: new)
        #expect(try await verified("a", in: records, by: [new, old]).isWhole)
        #expect(try await verified("b", in: records, by: [old, new]).isWhole)
        let found = try await verified("a", in: records, by: [new])
        #expect(found.unsigned.map(\.signers) == [["host"]] && found.damage == .signature)
    }

    @Test func `The key of one chain's writer vouches for no other chain`() async throws {
        let records = InMemoryRecords()
        let (a, b) = (try CheckpointSigner.random(name: "a"), try CheckpointSigner.random(name: "b"))
        // The writer of b has signed what it wrote into the chain of a.
        let note = try await chain("a", in: records, by: b)
        _ = try await chain("b", in: records, by: b)
        let found = try await verified("a", in: records, by: [a, b], note)
        #expect(found.damage == .signature && found.unsigned.map(\.signers) == [["b"], ["b"]])
        #expect(try await verified("b", in: records, by: [a, b], note).isWhole)
    }

    @Test func `A key's name over another's signature is forged, and one id of another key is not that key`()
        async throws
    {
        let records = InMemoryRecords()
        let (key, other) = (try CheckpointSigner.random(name: "host"), try CheckpointSigner.random(name: "host"))
        let note = try await chain("a", in: records, by: key)
        let forged = note.replacing("host/a\n3", with: "host/a\n2")
        #expect(forged != note)
        let found = try await verified("a", in: records, by: [other, key], forged)
        #expect(found.unsigned == [.init(size: 2, signers: ["host"], isForged: true)])
        let unknown = try await verified("a", in: records, by: [other])
        #expect(unknown.unsigned == [.init(size: 3, signers: ["host"], isForged: false)])
    }
}
