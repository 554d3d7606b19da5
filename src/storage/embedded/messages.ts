/** What people read when a store cannot be opened. What goes over the wire is MongoDB's, in MongoDB's words. */

export const messages = {
  in_use: (folder: string, who: string) =>
    `数据目录 ${folder} 正由${who}使用。请先停止它，或给本程序换一个目录；` +
    '要几个程序共用一个库，请用 npm run store 单独启动它，再把它显示的地址设为各程序的 MONGODB_URI',
  lost: (folder: string, who: string) =>
    `本进程停顿过久，数据目录 ${folder} 已由${who}接管，本进程不再写入并已退出；已经保存的数据没有丢失。` +
    '请只保留一个程序使用这个目录，再重新启动',
  nobody: () => '其他进程',
  this_process: () => '本进程',
  process: (pid: number) => `进程 ${pid} `,
  process_elsewhere: (pid: number, host: string) => `主机 ${host} 上的进程 ${pid} `,
  not_folder: (path: string) => `${path} 不能用作数据目录：它或它的上级是一个文件。请移走那个文件，或换一个目录`,
  read_only: (folder: string, why: string) =>
    `数据目录 ${folder} 无法写入（${why}）。请检查目录的属主和权限，以及磁盘是否以只读方式挂载，然后重新启动`,
  disk_full: (folder: string) => `数据目录 ${folder} 所在的磁盘已满。请腾出空间后重新启动；已经保存的数据没有丢失`,
  damaged: (file: string, why: string) =>
    `数据文件 ${file} 已损坏（${why}）。为免损失扩大，没有打开它。请先把它另存一份，再用备份恢复到一个空目录`,
  damage: {
    header: () => '文件头不完整',
    format: () => '不是本程序的数据文件',
    version: () => '由别的版本写成',
    page: (number: number | bigint) => `第 ${number} 页内容不对`,
    lmdb: (message: string) => message,
  },
  no_socket: (place: string, longest: number) =>
    `临时目录 ${place} 不能用：数据库要在里面放一个内部连接用的文件，目录的路径不能超过 ${longest} 个字节，并且要能写入。` +
    '请把环境变量 TMPDIR 设为一个路径较短、能写入的目录，再重新启动',
  missing: (folder: string) => `${folder} 里没有数据库。请检查目录是否写对`,
};
