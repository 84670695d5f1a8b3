#if Server
import Foundation
import TestSupport
import Testing

/// A proxy from the system's packages, which runs in front of a sidecar and an application as its recipe says.
final class ProxyProcess: @unchecked Sendable {
    // Unchecked: a test starts and ends it.
    enum Kind: String, CaseIterable, Sendable {
        case nginx
        case haproxy
        case caddy

        var path: String? {
            ["/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map {
                $0 + rawValue
            }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        }

        /// Enables a test if the proxy is installed. Caddy is tried where it is installed; the others have to be in CI.
        static func trait(_ kind: Kind) -> ConditionTrait {
            let isRequired = kind != .caddy && ProcessInfo.processInfo.environment["CI"] != nil
            return .enabled(if: kind.path != nil || isRequired, "\(kind.rawValue) is not installed")
        }
    }

    /// The recipes of the documentation.
    static let recipes = URL(filePath: #filePath)
        .appending(path: "../../../../Sources/GatehouseServer/GatehouseServer.docc/Recipes").standardized

    let port: Int
    private let process = Process()
    private let folder: TemporaryFolder

    /// Runs a proxy, calls `body`, and ends it.
    static func with(
        _ kind: Kind,
        sidecar: Int,
        application: Int,
        _ body: @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        let proxy = try await blocking { try ProxyProcess(kind, sidecar: sidecar, application: application) }
        do {
            try await body(proxy.port)
        } catch {
            try await blocking { proxy.stop() }
            throw error
        }
        try await blocking { proxy.stop() }
    }

    private init(_ kind: Kind, sidecar: Int, application: Int) throws {
        port = try RawConnection.freePort()
        folder = try TemporaryFolder()
        let files =
            switch kind {
            case .nginx: ["nginx.conf"]
            case .haproxy: ["haproxy.cfg", "gatehouse.lua"]
            case .caddy: ["Caddyfile"]
            }
        for file in files {
            var text = try String(contentsOf: Self.recipes.appending(path: file), encoding: .utf8)
            text = text.replacing("127.0.0.1:8080", with: "127.0.0.1:\(sidecar)")
                .replacing("127.0.0.1:3000", with: "127.0.0.1:\(application)")
                .replacing("127.0.0.1:8000", with: "127.0.0.1:\(port)")
                .replacing("http://:8000", with: "http://:\(port)")
            // Users other than root need nginx's folders to be their own.
            text = text.replacing(
                "access_log off;",
                with:
                    "access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;"
            )
            try folder.write(text, to: file)
        }
        process.executableURL = URL(filePath: try #require(kind.path, "\(kind.rawValue) is not installed"))
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.arguments =
            switch kind {
            case .nginx: ["-p", folder.path, "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"]
            case .haproxy: ["-f", "haproxy.cfg", "-db"]
            case .caddy: ["run", "--config", "Caddyfile", "--adapter", "caddyfile"]
            }
        var environment = ProcessInfo.processInfo.environment
        environment["HOME"] = folder.path
        environment["GATEHOUSE_ADDRESS"] = "http://127.0.0.1:\(sidecar)"
        process.environment = environment
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
        try process.start()
        try waitUntilListening()
    }

    /// Asks the proxy until it listens: none of these programs says when it does. The pause keeps the attempts few.
    private func waitUntilListening() throws {
        for _ in 0..<400 {
            if (try? RawConnection(port: port)) != nil { return }
            guard process.isRunning else { break }
            usleep(25_000)
        }
        stop()
        throw RawConnection.Failure(description: "the proxy did not start")
    }

    private func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        folder.remove()
    }
}
#endif
