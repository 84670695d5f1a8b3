#if Server
import ArgumentParser
import Foundation
import GatehouseServer
import Logging
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
import Glibc
#endif

/// The command `gatehouse serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers AuthZEN questions, and asks of proxies whether a request may go on.",
        discussion: """
            The configuration is a YAML file and GATEHOUSE_* variables, of which a variable goes before the file; Clerk's own \
            variables are understood. A bad configuration stops the server at once, with every problem, its key and its line. \
            The log is JSON on standard error. SIGTERM and SIGINT stop the server once the requests under way are answered, \
            within ten seconds; SIGHUP reads the policy, the entities and keys of files anew, as a change of the files does.
            """
    )

    @Option(help: ArgumentHelp("The configuration's file; default gatehouse.yaml, if there is one.", valueName: "file"))
    var config: String?

    @Flag(help: "Check the configuration and the documents that it names, and stop: 0 if all is well, else 2.")
    var check = false

    @Option(help: ArgumentHelp("What is logged: trace, debug, info, notice, warning or error.", valueName: "level"))
    var logLevel: String?

    private static let defaultFile = "gatehouse.yaml"

    func run() async throws {
        let level = try self.level
        let file = config ?? (FileManager.default.fileExists(atPath: Self.defaultFile) ? Self.defaultFile : nil)
        let configuration: ServerConfiguration
        do throws(ConfigurationError) {
            configuration = try ServerConfiguration(file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            standardError(error.description)
            let count = error.problems.count
            standardError("\(count) \(count == 1 ? "problem" : "problems") in the configuration")
            if file == nil { standardError("There is no \(Self.defaultFile) here: `gatehouse init` writes one.") }
            throw ExitStatus.failed
        }
        if check {
            for warning in configuration.warnings { standardError("warning: \(warning)") }
            return try standardOutput("The configuration is sound.")
        }

        Self.raiseFileLimit()
        var logger = Logger(label: "gatehouse") { JSONLogHandler(label: $0) }
        logger.logLevel = level
        // The signal is trapped before the start, since a SIGHUP without a trap ends the process.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        let sidecar: Sidecar
        do {
            sidecar = try await Sidecar(configuration, logger: logger)
        } catch {
            throw CommandFailure("\(error)")
        }
        var groupConfiguration = ServiceGroupConfiguration(
            services: [.init(service: HangUps(signals: hangUps, sidecar: sidecar)), .init(service: sidecar)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        groupConfiguration.maximumGracefulShutdownDuration = configuration.limits.stopTime
        do {
            try await ServiceGroup(configuration: groupConfiguration).run()
        } catch {
            throw CommandFailure("the server ended: \(error)")
        }
        logger.notice("Gatehouse stopped")
    }

    /// Raises the process's limit of open files to the largest allowed number, since each connection is an open file.
    private static func raiseFileLimit() {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        // If the limit stays, the server takes fewer connections at a time.
        _ = setrlimit(resource, &limit)
    }

    private var level: Logger.Level {
        get throws {
            guard let logLevel else { return .info }
            guard let level = Logger.Level(rawValue: logLevel) else {
                throw ValidationError("--log-level is trace, debug, info, notice, warning or error.")
            }
            return level
        }
    }
}

/// A service that reads the documents again at each SIGHUP, which would otherwise end the process.
private struct HangUps: Service {
    let signals: UnixSignalsSequence
    let sidecar: Sidecar

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            sidecar.reload()
        }
    }
}
#endif
