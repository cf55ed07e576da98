@echo off
rem Dia ban on a computer without internet: the first start installs it beside this file, every start opens it.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
if not exist chuong-trinh\Scripts\diaban.exe (
  py -3.11 --version >nul 2>nul || (echo Can Python 3.11 ban 64 bit. / Python 3.11, 64 bit, is needed. & pause & exit /b 1)
  echo Dang cai dat, vai phut... / Installing, a few minutes...
  if exist chuong-trinh rmdir /s /q chuong-trinh
  py -3.11 -m venv chuong-trinh || (pause & exit /b 1)
  chuong-trinh\Scripts\python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels\windows --require-hashes -r requirements-windows.txt || (pause & exit /b 1)
  for %%W in (wheels\windows\diaban-*.whl) do chuong-trinh\Scripts\python -m pip install --quiet --disable-pip-version-check --no-index --no-deps "%%W" || (pause & exit /b 1)
)
if "%~1"=="" (chuong-trinh\Scripts\diaban.exe app) else (chuong-trinh\Scripts\diaban.exe %*)
