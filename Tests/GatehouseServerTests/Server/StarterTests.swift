#if Server
import Foundation
import GatehouseBase
import Testing

@testable import GatehouseServer

struct StarterTests {
    @Test("The server runs on the files that init writes")
    func starter() async throws {
        let files = Dictionary(uniqueKeysWithValues: StarterFiles.all.map { ($0.name, $0.text) })
        try await RunningSidecar.with(files: files) { server in
            func decision(_ subject: String, _ action: String, _ resource: String) async throws -> String {
                try await server.client.post(
                    server.address + "/access/v1/evaluation",
                    [
                        "subject": ["type": "user", "id": .string(subject)], "action": ["name": .string(action)],
                        "resource": ["type": "invoice", "id": .string(resource)],
                    ]
                ).text
            }
            #expect(try await decision("alice", "read", "invoice-1") == #"{"decision":true}"#)
            #expect(try await decision("alice", "write", "invoice-1") == #"{"decision":true}"#)
            #expect(try await decision("alice", "write", "invoice-2") == #"{"decision":false}"#)
            #expect(try await decision("bob", "write", "invoice-1") == #"{"decision":false}"#)
            let open = try await server.client.send("GET", server.address + "/forward-auth/public/a")
            #expect(open.status == 200)
            #expect(try await server.client.send("GET", server.address + "/forward-auth/invoices/1").status == 401)
        }
    }
}
#endif
