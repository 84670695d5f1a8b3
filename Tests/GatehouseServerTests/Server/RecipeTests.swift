#if Server
import Foundation
import TestSupport
import Testing

@testable import GatehouseServer

struct RecipeTests {
    private static let analyzer = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "The systemd unit passes systemd-analyze verify",
        .enabled(if: analyzer != nil, "systemd-analyze is not installed")
    )
    func unit() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let unit = try String(contentsOf: ProxyProcess.recipes.appending(path: "gatehouse.service"), encoding: .utf8)
        // The analyzer asks whether the program is there.
        try folder.write(unit.replacing("/usr/local/bin/gatehouse", with: "/usr/bin/env"), to: "gatehouse.service")
        let analyzer = try #require(Self.analyzer)
        let result = try await Program.run([
            analyzer, "verify", "--man=no", "--recursive-errors=no", folder.file("gatehouse.service"),
        ])
        #expect(result.status == 0)
        let output = result.output + result.errors
        #expect(!output.contains("gatehouse.service:"), "\(output)")
    }

    @Test("The recipes for Traefik and Envoy ask as the tests of forward-auth do")
    func traefikAndEnvoy() throws {
        let traefik = try String(contentsOf: ProxyProcess.recipes.appending(path: "traefik.yaml"), encoding: .utf8)
        #expect(traefik.contains("address: http://127.0.0.1:8080/forward-auth\n"))
        #expect(traefik.contains("trustForwardHeader: false"))
        let envoy = try String(contentsOf: ProxyProcess.recipes.appending(path: "envoy.yaml"), encoding: .utf8)
        #expect(envoy.contains("path_prefix: /forward-auth\n"))
        #expect(envoy.contains("failure_mode_allow: false"))
        for name in ["User", "Organization", "Role", "Session"] {
            #expect(traefik.contains("X-Gatehouse-\(name): \"\""))
            #expect(envoy.contains("remove: x-gatehouse-\(name.lowercased())"))
        }
    }
}
#endif
