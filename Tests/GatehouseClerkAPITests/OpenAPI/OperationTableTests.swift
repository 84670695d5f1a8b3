#if TestServers
import GatehouseBase
import GatehouseClerk
import SharedVectors
import Testing

@testable import GatehouseTestingServers

@Suite("The table of operations against Clerk's document", SharedVectors.trait)
struct OperationTableTests {
    @Test("all 249 operations are sent, or left out for a reason")
    func complete() {
        let rows = SharedVectors.rows("clerk/bapi-endpoints.json", "endpoints")
        #expect(rows.count == 249)
        for row in rows {
            let id = row["operationId"]?.string ?? ""
            let path = row["path"]?.string ?? ""
            let isSent = ClerkOperation.named(id) != nil
            #expect(isSent || ClerkOperation.reason(forLeavingOut: path) != nil, "\(id) at \(path)")
        }
        #expect(ClerkOperation.all.count == 158)
        #expect(Set(ClerkOperation.all.map(\.id)).count == 158)
        #expect(Set(ClerkOperation.all.map { "\($0.resource) \($0.verb)" }).count == 158)
    }

    @Test(
        "each operation is as the document has it",
        arguments: SharedVectors.rows("clerk/bapi-endpoints.json", "endpoints")
    )
    func same(row: SharedVectors.Row) {
        guard let operation = ClerkOperation.named(row["operationId"]?.string ?? "") else { return }
        #expect(operation.method.rawValue == row["method"]?.string)
        #expect(operation.path == row["path"]?.string)
        #expect(row["responses"]?[String(operation.status)] != nil)
        Self.compare(operation.query, row["query"])
        let fields = row["body"]?["fields"]
        Self.compare(operation.body?.members ?? [], fields?["[]"] ?? fields)
    }

    private static func compare(_ members: [ClerkOperation.Member], _ document: JSONValue?) {
        #expect(members.map(\.name).sorted() == (document?.members.map(\.name) ?? []).sorted())
        for member in members {
            let expected = document?[member.name]
            #expect(member.kind.rawValue == expected?["type"]?.string ?? "string", "\(member.name)")
            #expect(member.isRequired == (expected?["required"] == true), "\(member.name)")
            #expect(member.isNullable == (expected?["nullable"] == true), "\(member.name)")
            #expect(member.maximum == expected?["maximum"]?.int, "\(member.name)")
            if let fields = expected?["fields"] { compare(member.members, fields) }
        }
    }

    @Test("the fake serves each operation that is sent, or says why not")
    func served() {
        let served = Set(FakeOperations.all.keys)
        let sent = Set(ClerkOperation.all.map(\.id))
        #expect(served.subtracting(sent).isEmpty)
        #expect(sent.subtracting(served) == Set(FakeOperations.notServed.keys))
        #expect(FakeOperations.notServed.count == 6)
    }
}
#endif
