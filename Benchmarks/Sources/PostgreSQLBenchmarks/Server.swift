import Foundation

/// What the processes of a server on this machine have used.
enum Server {
    /// The processor's seconds of processes (Linux, proc(5)).
    static func seconds(_ processes: [Int32]) -> Double {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return processes.reduce(0) { sum, process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let rest = text.split(separator: ")").last
            else { return sum }
            let fields = rest.split(separator: " ")
            // utime and stime are the 14th and 15th field of all, and the third is the first after the name.
            return sum + ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / ticks
        }
    }

    /// The memory that a process has for itself alone, in bytes.
    static func ownMemory(_ process: Int32) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("Private_") }.reduce(0) { sum, line in
            sum + (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) * 1_024
        }
    }

    static var machine: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = text.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return "\(ProcessInfo.processInfo.activeProcessorCount) ×\(model ?? " an unknown processor")"
    }
}
