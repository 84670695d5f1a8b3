import Foundation
import GatehouseTesting
import GatehouseTokens

/// A folder with a policy of 10,000 grants, keys, and configurations.
struct World {
    let folder: String
    let token: String
    static let user = "user_1"

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sidecar-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let issuer = try TestIssuer(authorizedParty: "https://app.example.com")
        token = try issuer.token(for: .member(Self.user, of: "org_1", role: "org:role-7"), lifetime: .seconds(3_000))
        try write(issuer.keyPair.jwks.description, to: "jwks.json")
        try write(Self.policy, to: "policy.yaml")
        let configuration = """
            policy: policy.yaml
            clerk: { jwks: jwks.json, issuer: \(issuer.name), authorizedParties: [https://app.example.com] }
            routes:
              - { path: /public/**, public: true }
              - { path: /invoices/**, methods: [GET, HEAD], require: { permission: "org:area-7:action-42" } }

            """
        try write(configuration, to: "gatehouse.yaml")
        try write(configuration + "store: sqlite:gatehouse.db\n", to: "recorded.yaml")
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The question of the evaluation.
    static let question =
        #"{"subject":{"type":"user","id":"user_1"},"action":{"name":"org:area-7:action-42"},"resource":{"type":"invoice","id":"7"}}"#

    /// A hundred roles of a hundred grants each.
    private static var policy: String {
        var lines = ["gatehouse: 1", "roles:"]
        for role in 0..<100 {
            lines.append("  org:role-\(role):\n    grants:")
            for action in 0..<100 { lines.append("      - org:area-\(role):action-\(action)") }
        }
        lines += ["assignments:", "  - { principal: \(user), role: org:role-7 }"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }
}
