#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

@Suite("gatehouse serve and init")
struct ServeCommandTests {
    @Test("init writes files that serve accepts, and never overwrites a file")
    func start() async throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url.path
        let first = try await Tool.run("init", folder)
        #expect(first.status == 0)
        #expect(first.lines.contains("\(folder)/gatehouse.yaml"))
        let check = try await Tool.run("serve", "--config", "\(folder)/gatehouse.yaml", "--check")
        #expect(check.status == 0, "\(check.errors)")
        let lint = try await Tool.run("policy", "lint", "\(folder)/policy.yaml")
        #expect(lint.status == 0, "\(lint.output)")
        let second = try await Tool.run("init", folder)
        #expect(second.status == 2)
        #expect(second.errors.contains("gatehouse.yaml: there is such a file already"))
    }

    @Test("serve --check tells of every problem, and a start does the same and ends")
    func check() async throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url.path
        let file = "\(folder)/gatehouse.yaml"
        try Data("listn: a\npolicy: none.yaml\nroutes: [{ path: a, public: true }]\n".utf8).write(
            to: URL(filePath: file)
        )
        for arguments in [["serve", "--config", file, "--check"], ["serve", "--config", file]] {
            let result = try await Tool.run(arguments)
            #expect(result.status == 2)
            #expect(result.errors.contains("gatehouse.yaml:1:1: listn"))
            #expect(result.errors.contains("gatehouse.yaml:3:18: routes[0].path"))
            #expect(result.errors.contains("none.yaml: there is no such file"))
            #expect(result.errors.contains("3 problems in the configuration"))
        }
    }

    @Test("a port that is taken exits with 2 and the address")
    func taken() async throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url.path
        _ = try await Tool.run("init", folder)
        let first = try ServerProcess(configuration: "\(folder)/gatehouse.yaml")
        let address = try #require(try first.line("Gatehouse listens")?["gatehouse.address"]?.string)
        let second = try ServerProcess(
            configuration: "\(folder)/gatehouse.yaml",
            environment: ["GATEHOUSE_LISTEN": address]
        )
        #expect(second.waitUntilExit() == 2)
        #expect(second.rest().contains("listen: \(address): Address already in use"))
    }

    @Test("a thousand connections that are half open do not keep others out", .timeLimit(.minutes(2)))
    func halfOpen() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write("gatehouse: 1\n", to: "policy.yaml")
        let server = try ServerProcess(configuration: try folder.write("policy: policy.yaml\n", to: "gatehouse.yaml"))
        let address = try #require(try server.line("Gatehouse listens")?["gatehouse.address"]?.string)
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        // Both ends of the connections are in other processes: Foundation starts none in a process with so many descriptors.
        let clients = try RunningProgram([
            "bash", "-euc",
            #"""
            ulimit -n 1100
            for ((i = 0; i < $1; i++)); do
                exec {socket}<>"/dev/tcp/127.0.0.1/$2"
                printf 'GET /health/live HTTP/1.1\r\n' >&"$socket"
            done
            echo open
            read -r
            """#,
            "clients", "1000", "\(port)",
        ])
        #expect(clients.output.next() == "open")
        for _ in 0..<20 {
            #expect(try await RawConnection.send("GET", "/health/live", port: port).status == 200)
        }
        // A stop does not wait for them either.
        server.terminate()
        #expect(server.waitUntilExit() == 0)
        #expect(clients.isRunning)
    }

    @Test("SIGHUP reads the policy anew, and SIGTERM ends with 0", .timeLimit(.minutes(2)))
    func signals() async throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url.path
        _ = try await Tool.run("init", folder)
        let server = try ServerProcess(configuration: "\(folder)/gatehouse.yaml")
        let listening = try server.line("Gatehouse listens")
        #expect(listening?["gatehouse.address"]?.string?.hasPrefix("127.0.0.1:") == true)
        #expect(listening?["level"] == "notice")
        server.hangUp()
        #expect(try server.line("The entities were read anew") != nil)
        server.terminate()
        #expect(try server.line("Gatehouse stopped") != nil)
        #expect(server.waitUntilExit() == 0)
    }
}
#endif
