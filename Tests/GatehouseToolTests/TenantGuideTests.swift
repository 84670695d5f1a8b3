#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

@Suite("The guide to a tenant's life")
struct TenantGuideTests {
    static let guide = URL(filePath: #filePath)
        .appending(path: "../../../Sources/GatehouseClerk/GatehouseClerk.docc/Tenants.md").standardized

    @Test("the guide's commands do what the guide says, one after another")
    func commands() async throws {
        let blocks = try String(contentsOf: Self.guide, encoding: .utf8).components(separatedBy: "```sh\n").dropFirst()
        let commands = blocks.compactMap { $0.components(separatedBy: "```").first }
        #expect(commands.count == 5)
        let fake = try FakeClerkProcess()
        let script = """
            set -euo pipefail
            export CLERK_SECRET_KEY='\(fake.facts["secretKey"]?.string ?? "")' CLERK_API_URL='\(fake.facts["apiURL"]?.string ?? "")'
            gatehouse() { '\(Tool.executable.path)' "$@"; }
            command -v jq >/dev/null || jq() { python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])'; }
            \(commands.joined(separator: "\n"))
            """
        let folder = try TemporaryFolder()
        let guide = try await Program.run(["bash", try folder.write(script, to: "guide.sh")])
        #expect(guide.status == 0, "\(guide.output)\(guide.errors)")
        #expect(try await fake.run("organizations", "list").lines.isEmpty)
        #expect(try await fake.run("users", "list").lines.count == 1)
    }
}
#endif
