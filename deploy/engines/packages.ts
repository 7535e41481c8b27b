import { run } from './run.ts'

/**
 * Brings packages of Debian, as root or with sudo; without either it says what is wanted. A service that such a package starts by
 * itself is left alone: the engines here are processes of their own, on other ports.
 */
export function bringPackages(packages: string[]): void {
  if (packages.length === 0) return
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const options = ['-qq', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120']
  const apt = (...rest: string[]) => {
    const [command, ...args] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...options, ...rest]
    run(command as string, args)
  }
  try {
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...packages)
  } catch (cause) {
    throw new Error(`This needs the Debian packages ${packages.join(', ')}; install them, or run this as root`, { cause })
  }
}
