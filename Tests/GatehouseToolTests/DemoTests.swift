#if Server
import Foundation
import TestSupport
import Testing

@Suite("gatehouse demo")
struct DemoTests {
    @Test(
        "the demo with --once sends every request, and each is answered as expected",
        arguments: [("gatehouse", ["demo", "--once"]), ("gatehouse-demo", ["--once"])]
    )
    func once(program: String, arguments: [String]) async throws {
        let result = try await Tool.run(arguments, of: Tool.program(program))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.lines.count >= 8)
        for status in [200, 401, 403] {
            #expect(result.lines.contains { $0.contains("-> \(status) (as expected)") })
        }
        // The log has the reasons that senders are not told, and no token.
        let log = result.errors
        for reason in [
            "token-invalid-signature", "token-expired", "reverification-error", "unauthenticated",
            "org:invoices:void for user user_demo",
        ] {
            #expect(log.contains(reason), "\(reason) in \(log)")
        }
        #expect(!log.contains("eyJ"))
    }

    @Test("gatehouse-demo takes no argument but --once")
    func arguments() async throws {
        let result = try await Tool.run(["--records"], of: Tool.program("gatehouse-demo"))
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.contains("--once"))
    }

    @Test(
        "the demo prints curl lines, and ends on Ctrl-C with 0",
        arguments: [("gatehouse", ["demo"]), ("gatehouse-demo", [])]
    )
    func interrupted(program: String, arguments: [String]) async throws {
        let demo = try RunningProgram([Tool.program(program).path] + arguments)
        var printed = ""
        while !printed.contains("another organization"), let line = demo.output.next() { printed += line + "\n" }
        #expect(printed.contains("curl -i -H 'Authorization: Bearer "))
        demo.send(SIGINT)
        #expect(demo.waitUntilExit() == 0)
    }
}
#endif
